BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE area_totals (
	person_id INTEGER NOT NULL, 
	area TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	PRIMARY KEY (person_id, area), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "area_totals" VALUES(1,'Statistics',600);
INSERT INTO "area_totals" VALUES(2,'Machine Learning',0);
CREATE TABLE areas (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	retired_at BIGINT, became TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (group_id, name), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE
);
INSERT INTO "areas" VALUES(1,1,'Mathematics',0,NULL,NULL);
INSERT INTO "areas" VALUES(2,1,'Statistics',1,NULL,NULL);
INSERT INTO "areas" VALUES(3,1,'Machine Learning',2,NULL,NULL);
INSERT INTO "areas" VALUES(4,1,'Software Engineering',3,NULL,NULL);
INSERT INTO "areas" VALUES(5,1,'DevOps',4,NULL,NULL);
INSERT INTO "areas" VALUES(6,1,'Cloud Systems',5,NULL,NULL);
INSERT INTO "areas" VALUES(7,1,'Physics',6,1767603600000,NULL);
CREATE TABLE checkin_versions (
	checkin_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	change TEXT NOT NULL, 
	day TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	area TEXT, 
	learned TEXT, 
	changed_at BIGINT NOT NULL, 
	PRIMARY KEY (checkin_id, version), 
	FOREIGN KEY(checkin_id) REFERENCES checkins (id) ON DELETE CASCADE
);
INSERT INTO "checkin_versions" VALUES(2,1,'edit','2026-01-05',150,'Machine Learning','Ünïcode 🦊 and “quotes”',1767603600000);
INSERT INTO "checkin_versions" VALUES(2,2,'undo','2026-01-05',180,'Machine Learning','Ünïcode 🦊 and “quotes”',1767603600000);
CREATE TABLE checkins (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	area TEXT, 
	learned TEXT, 
	source TEXT NOT NULL, 
	is_late BOOLEAN DEFAULT 0 NOT NULL, 
	created_at BIGINT NOT NULL, 
	undone_at BIGINT, 
	group_id INTEGER, focus_id INTEGER REFERENCES focuses(id) ON DELETE SET NULL, is_shared BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (person_id, number), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE SET NULL
);
INSERT INTO "checkins" VALUES(1,1,1,'2026-01-05',600,'Statistics','the central limit theorem: =SUM(A1) is no formula','typed',0,1767603600000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(2,2,1,'2026-01-05',180,'Machine Learning','Ünïcode 🦊 and “quotes”','typed',0,1767603600000,1767603600000,1,NULL,0);
INSERT INTO "checkins" VALUES(3,2,2,'2026-01-05',90,NULL,NULL,'typed',0,1767603600000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(4,1,2,'2026-01-12',660,NULL,'week 1','typed',0,1768208400000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(5,1,3,'2026-01-19',720,NULL,'week 2','typed',0,1768813200000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(6,1,4,'2026-02-02',840,NULL,'week 4','typed',0,1770022800000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(7,1,5,'2026-02-09',900,NULL,'week 5','typed',0,1770627600000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(8,2,3,'2026-02-09',90,NULL,'what a rank says','typed',0,1770631200000,NULL,1,1,1);
INSERT INTO "checkins" VALUES(9,2,4,'2026-02-09',50,NULL,NULL,'typed',0,1770631200000,NULL,1,2,0);
INSERT INTO "checkins" VALUES(10,2,5,'2025-11-03',90,NULL,'determinants by hand','import',0,1770631200000,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(11,2,6,'2025-11-04',120,NULL,'eigenvalues','import',0,1770631200000,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(12,3,1,'2026-02-09',40,NULL,'why a learning rate decays','typed',0,1770631200000,NULL,1,NULL,0);
CREATE TABLE day_totals (
	person_id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	imported INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (person_id, day), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "day_totals" VALUES(1,'2026-01-05',600,0);
INSERT INTO "day_totals" VALUES(1,'2026-01-12',660,0);
INSERT INTO "day_totals" VALUES(1,'2026-01-19',720,0);
INSERT INTO "day_totals" VALUES(1,'2026-02-02',840,0);
INSERT INTO "day_totals" VALUES(1,'2026-02-09',900,0);
INSERT INTO "day_totals" VALUES(2,'2025-11-03',0,90);
INSERT INTO "day_totals" VALUES(2,'2025-11-04',0,120);
INSERT INTO "day_totals" VALUES(2,'2026-01-05',90,0);
INSERT INTO "day_totals" VALUES(2,'2026-02-09',140,0);
INSERT INTO "day_totals" VALUES(3,'2026-02-09',40,0);
CREATE TABLE drafts (
	id INTEGER NOT NULL, 
	command TEXT NOT NULL, 
	options TEXT NOT NULL, 
	made_at BIGINT NOT NULL, person_id INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "drafts" VALUES(1,'checkin','{"learned":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}',1770627600000,NULL);
CREATE TABLE focuses (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	estimate INTEGER, 
	done TEXT, 
	started_at BIGINT NOT NULL, 
	ended_at BIGINT, 
	outcome TEXT, 
	explanation TEXT, 
	link TEXT, 
	minutes INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (person_id, number), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "focuses" VALUES(1,2,1,'Linear algebra',2400,'I can write an SVD',1770631200000,1770631200000,'finished','A matrix turns, stretches and turns again.','https://example.org/svd',90);
INSERT INTO "focuses" VALUES(2,2,2,'Optimisation',1800,'I can derive Adam',1770631200000,NULL,NULL,NULL,NULL,50);
CREATE TABLE freezes (
	person_id INTEGER NOT NULL, 
	week TEXT NOT NULL, 
	is_told BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (person_id, week), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "freezes" VALUES(1,'2026-01-26',0);
CREATE TABLE goals (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	from_week TEXT, 
	minutes INTEGER NOT NULL, 
	set_at BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "goals" VALUES(2,2,NULL,600,1767603600000);
INSERT INTO "goals" VALUES(3,3,NULL,600,1767603600000);
INSERT INTO "goals" VALUES(4,1,NULL,480,1767603600000);
CREATE TABLE groups (
	id INTEGER NOT NULL, 
	platform TEXT NOT NULL, 
	team TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	name TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	goal INTEGER NOT NULL, 
	lines TEXT DEFAULT 'each' NOT NULL, 
	asleep TEXT, 
	created_at BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (platform, team, channel)
);
INSERT INTO "groups" VALUES(1,'console','','console','console','UTC',600,'each',NULL,1767603600000);
CREATE TABLE identities (
	platform TEXT NOT NULL, 
	team TEXT NOT NULL, 
	user TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (platform, team, user), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "identities" VALUES('console','','ada',1);
INSERT INTO "identities" VALUES('console','','bo',2);
INSERT INTO "identities" VALUES('console','','cy',3);
CREATE TABLE imports (
	person_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	checkin_id INTEGER NOT NULL, 
	PRIMARY KEY (person_id, "key"), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(checkin_id) REFERENCES checkins (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "imports" VALUES(2,'cbde9cbd053b12ba9246b7cd264753b5',10);
INSERT INTO "imports" VALUES(2,'949ebd178a1a95952b99a80c3a127a6e',11);
CREATE TABLE intentions (
	group_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	week TEXT NOT NULL, 
	"plan" TEXT, 
	made_at BIGINT NOT NULL, 
	PRIMARY KEY (group_id, person_id, week), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "intentions" VALUES(1,1,'2026-02-09','evenings, library',5);
CREATE VIRTUAL TABLE journal USING fts5(who, words, tokenize = 'ascii', prefix = '2 3');
INSERT INTO "journal" (rowid, who, words) VALUES(-1,'p2','linear algebra a matrix turns stretches and turns again');
INSERT INTO "journal" (rowid, who, words) VALUES(1,'p1','the central limit theorem sum a1 is no formula');
INSERT INTO "journal" (rowid, who, words) VALUES(4,'p1','week 1');
INSERT INTO "journal" (rowid, who, words) VALUES(5,'p1','week 2');
INSERT INTO "journal" (rowid, who, words) VALUES(6,'p1','week 4');
INSERT INTO "journal" (rowid, who, words) VALUES(7,'p1','week 5');
INSERT INTO "journal" (rowid, who, words) VALUES(8,'p2','what a rank says');
INSERT INTO "journal" (rowid, who, words) VALUES(10,'p2','determinants by hand');
INSERT INTO "journal" (rowid, who, words) VALUES(11,'p2','eigenvalues');
INSERT INTO "journal" (rowid, who, words) VALUES(12,'p3','why a learning rate decays');
CREATE TABLE leases (
	name TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	until BIGINT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "leases" VALUES('discord','host/1/ab',1);
CREATE TABLE members (
	group_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	joined_at BIGINT NOT NULL, 
	first_week INTEGER NOT NULL, 
	left_at BIGINT, 
	is_hidden BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (group_id, person_id), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "members" VALUES(1,1,1767603600000,2922,NULL,0);
INSERT INTO "members" VALUES(1,2,1767603600000,2922,NULL,0);
INSERT INTO "members" VALUES(1,3,1767603600000,2922,NULL,1);
CREATE TABLE memory (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	kept_at BIGINT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "memory" VALUES('discord/tree','abc',1770627600000);
CREATE TABLE milestones (
	person_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	reached_at BIGINT NOT NULL, 
	PRIMARY KEY (person_id, kind, value), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "milestones" VALUES(1,'streak',4,1770627600000);
CREATE TABLE organisers (
	group_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (group_id, person_id), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "organisers" VALUES(1,1);
INSERT INTO "organisers" VALUES(1,2);
CREATE TABLE outbox (
	"key" TEXT NOT NULL, 
	group_id INTEGER, 
	person_id INTEGER, 
	platform TEXT NOT NULL, 
	address TEXT NOT NULL, 
	card TEXT NOT NULL, 
	edits TEXT, 
	state TEXT NOT NULL, 
	due_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	next_at BIGINT, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	message TEXT, 
	reason TEXT, 
	settled_at BIGINT, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "outbox" VALUES('line/1/1',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 10 h"," · Statistics"," · the central limit theorem: =SUM(A1) is no formula"," · 10 h this week"]}],"tone":"neutral"}',NULL,'sent',1767603600000,1767646800000,NULL,1,'{"channel":"x","id":"0"}',NULL,1767603600000);
INSERT INTO "outbox" VALUES('line/1/2',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Bo"}," · 2 h 30"," · Machine Learning"," · Ünïcode 🦊 and “quotes”"," · 2 h 30 this week"]}],"tone":"neutral"}',NULL,'sent',1767603600000,1767646800000,NULL,1,'{"channel":"x","id":"1"}',NULL,1767603600000);
INSERT INTO "outbox" VALUES('line/1/3',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Bo"}," · 1 h 30"," · 1 h 30 this week"]}],"tone":"neutral"}',NULL,'sent',1767603600000,1767646800000,NULL,1,'{"channel":"x","id":"2"}',NULL,1767603600000);
INSERT INTO "outbox" VALUES('groupcall/1/2026-01-11',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Last call","blocks":[{"type":"line","text":["1 of 2 have kept the week of 5–11 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1768143600000,1768176000000,NULL,1,'{"channel":"x","id":"3"}',NULL,1768143600000);
INSERT INTO "outbox" VALUES('results/1/2026-W02',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 5–11 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 11 h of 18 h, 1 of 2 kept the week"},"."]},{"type":"line","text":["Kept: Ada."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-14T00:00:00Z","zone":"UTC"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}',NULL,'sent',1768208400000,1768348800000,NULL,1,'{"channel":"x","id":"4"}',NULL,1768208400000);
INSERT INTO "outbox" VALUES('line/1/4',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 11 h"," · week 1"," · 11 h this week"]}],"tone":"neutral"}',NULL,'sent',1768208400000,1768251600000,NULL,1,'{"channel":"x","id":"5"}',NULL,1768208400000);
INSERT INTO "outbox" VALUES('results/1/2026-W02/closed',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 5–11 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 11 h of 18 h, 1 of 2 kept the week"},"."]},{"type":"line","text":["Kept: Ada (2 weeks)."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}','results/1/2026-W02','sent',1768348800000,1768953600000,NULL,1,'{"channel":"x","id":"4"}',NULL,1768348800000);
INSERT INTO "outbox" VALUES('nudge/0/2/2026-01-15',NULL,2,'console','{"platform":"console","team":"","channel":null,"user":"bo","name":"Bo"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1768500000000,1768586400000,NULL,1,'{"channel":"x","id":"6"}',NULL,1768500000000);
INSERT INTO "outbox" VALUES('groupcall/1/2026-01-18',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Last call","blocks":[{"type":"line","text":["1 of 2 have kept the week of 12–18 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1768748400000,1768780800000,NULL,1,'{"channel":"x","id":"7"}',NULL,1768748400000);
INSERT INTO "outbox" VALUES('results/1/2026-W03',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 12–18 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 11 h of 18 h, 1 of 2 kept the week"},"."]},{"type":"line","text":["Kept: Ada (2 weeks)."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-21T00:00:00Z","zone":"UTC"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}',NULL,'sent',1768813200000,1768953600000,NULL,1,'{"channel":"x","id":"8"}',NULL,1768813200000);
INSERT INTO "outbox" VALUES('line/1/5',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 12 h"," · week 2"," · 12 h this week"]}],"tone":"neutral"}',NULL,'sent',1768813200000,1768856400000,NULL,1,'{"channel":"x","id":"9"}',NULL,1768813200000);
INSERT INTO "outbox" VALUES('results/1/2026-W03/closed',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 12–18 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 11 h of 18 h, 1 of 2 kept the week"},"."]},{"type":"line","text":["Kept: Ada (3 weeks)."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}','results/1/2026-W03','sent',1768953600000,1769558400000,NULL,1,'{"channel":"x","id":"8"}',NULL,1768953600000);
INSERT INTO "outbox" VALUES('nudge/0/2/2026-01-22',NULL,2,'console','{"platform":"console","team":"","channel":null,"user":"bo","name":"Bo"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1769104800000,1769191200000,NULL,1,'{"channel":"x","id":"10"}',NULL,1769104800000);
INSERT INTO "outbox" VALUES('groupcall/1/2026-01-25',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Last call","blocks":[{"type":"line","text":["1 of 2 have kept the week of 19–25 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1769353200000,1769385600000,NULL,1,'{"channel":"x","id":"11"}',NULL,1769353200000);
INSERT INTO "outbox" VALUES('results/1/2026-W04',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 19–25 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 12 h of 18 h, 1 of 2 kept the week"},"."]},{"type":"line","text":["Kept: Ada (3 weeks)."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-28T00:00:00Z","zone":"UTC"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}',NULL,'sent',1769418000000,1769558400000,NULL,1,'{"channel":"x","id":"12"}',NULL,1769418000000);
INSERT INTO "outbox" VALUES('results/1/2026-W04/closed',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 19–25 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 12 h of 18 h, 1 of 2 kept the week"},"."]},{"type":"line","text":["Kept: Ada (3 weeks)."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}','results/1/2026-W04','sent',1769558400000,1770163200000,NULL,1,'{"channel":"x","id":"12"}',NULL,1769558400000);
INSERT INTO "outbox" VALUES('nudge/0/2/2026-01-29',NULL,2,'console','{"platform":"console","team":"","channel":null,"user":"bo","name":"Bo"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1769709600000,1769796000000,NULL,1,'{"channel":"x","id":"13"}',NULL,1769709600000);
INSERT INTO "outbox" VALUES('groupcall/1/2026-02-01',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Last call","blocks":[{"type":"line","text":["0 of 2 have kept the week of 26 Jan – 1 Feb. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1769958000000,1769990400000,NULL,1,'{"channel":"x","id":"14"}',NULL,1769958000000);
INSERT INTO "outbox" VALUES('results/1/2026-W05',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":["Results · 26 Jan – 1 Feb: a quiet week, nobody logged any time."]}],"tone":"neutral"}',NULL,'sent',1770022800000,1770163200000,NULL,1,'{"channel":"x","id":"15"}',NULL,1770022800000);
INSERT INTO "outbox" VALUES('line/1/6',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 14 h"," · week 4"," · 14 h this week"]}],"tone":"neutral"}',NULL,'sent',1770022800000,1770066000000,NULL,1,'{"channel":"x","id":"16"}',NULL,1770022800000);
INSERT INTO "outbox" VALUES('groupcall/1/2026-02-08',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Last call","blocks":[{"type":"line","text":["1 of 1 have kept the week of 2–8 Feb. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1770562800000,1770595200000,NULL,1,'{"channel":"x","id":"17"}',NULL,1770562800000);
INSERT INTO "outbox" VALUES('results/1/2026-W06',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 2–8 Feb","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 14 h of 8 h, 1 of 1 kept the week"},"."]},{"type":"line","text":["Kept: Ada (4 weeks)."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-02-11T00:00:00Z","zone":"UTC"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}',NULL,'sent',1770627600000,1770768000000,NULL,1,'{"channel":"x","id":"18"}',NULL,1770627600000);
INSERT INTO "outbox" VALUES('line/1/7',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 15 h"," · week 5"," · 15 h this week"," · 🎉 4 weeks of streak"]}],"tone":"neutral"}',NULL,'sent',1770627600000,1770670800000,NULL,1,'{"channel":"x","id":"19"}',NULL,1770627600000);
INSERT INTO "outbox" VALUES('line/1/8/2026-02-09T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Bo"}," · 1 h 30"," · what a rank says"," · 1 h 30 this week"]}],"tone":"neutral"}',NULL,'pending',1770631200000,1770674400000,1770631200000,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES('line/1/9/2026-02-09T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Bo"}," · 50 min"," · 2 h 20 this week"]}],"tone":"neutral"}',NULL,'pending',1770631200000,1770674400000,1770631200000,0,NULL,NULL,NULL);
CREATE TABLE pauses (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	from_day TEXT NOT NULL, 
	until_day TEXT NOT NULL, 
	reason TEXT, 
	created_at BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "pauses" VALUES(1,2,'2026-02-10','2026-02-20','exams',1767603600000);
CREATE TABLE people (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	zone_source TEXT DEFAULT 'group' NOT NULL, 
	why TEXT, 
	first_week TEXT, 
	last_checkin_at BIGINT, 
	checkins INTEGER DEFAULT '0' NOT NULL, 
	total_minutes INTEGER DEFAULT '0' NOT NULL, 
	created_at BIGINT NOT NULL, 
	closed_week TEXT, 
	closed_tally TEXT, 
	streak INTEGER DEFAULT '0' NOT NULL, 
	recent TEXT DEFAULT '' NOT NULL, 
	kept INTEGER DEFAULT '0' NOT NULL, 
	closes_at BIGINT, 
	freezes_told INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "people" VALUES(1,'Ada','Europe/Berlin','own',NULL,'2026-01-05',1770627600000,5,3720,1767603600000,'2026-01-26','{"streak":3,"longest":3,"kept":3,"paused":0,"weeks":4,"earned":0,"spent":1,"missed_run":0,"recent":"kkkf"}',5,'kkkfkk',5,1770764400000,1);
INSERT INTO "people" VALUES(2,'Bo','UTC','platform',NULL,'2026-01-05',1770631200000,6,440,1767603600000,'2026-01-26','[0,0,0,0,4,0,0,3,"fmmm",false]',0,'fmmm',0,1770768000000,0);
INSERT INTO "people" VALUES(3,'Cy','UTC','platform',NULL,'2026-02-09',1770631200000,1,40,1767603600000,NULL,NULL,0,'',0,1771372800000,0);
CREATE TABLE reminders (
	person_id INTEGER NOT NULL, 
	how TEXT NOT NULL, 
	group_id INTEGER, 
	platform TEXT NOT NULL, 
	team TEXT NOT NULL, 
	user TEXT NOT NULL, 
	fresh_run TEXT, 
	is_refused BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE SET NULL
);
INSERT INTO "reminders" VALUES(2,'direct',NULL,'console','','bo',NULL,0);
CREATE TABLE requests (
	id TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	made_at BIGINT NOT NULL, person_id INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "requests" VALUES('request-1','{"type":"ask","form":{"command":"group start","title":"Start a group here","fields":[{"name":"name","label":"What the group is called","kind":"short","hint":"Study hall","value":"console","choices":[],"is_required":false,"longest":80,"wrong":""},{"name":"zone","label":"Time zone of its posts","kind":"short","hint":"Europe/Berlin","value":"UTC","choices":[],"is_required":false,"longest":64,"wrong":""},{"name":"goal","label":"Hours a week, for new members","kind":"short","hint":"10","value":"10 h","choices":[],"is_required":false,"longest":64,"wrong":""},{"name":"lastcall","label":"Last call of the week, in the channel","kind":"short","hint":"sun 15:00, or off","value":"sun 15:00","choices":[],"is_required":false,"longest":64,"wrong":""},{"name":"results","label":"Results of the week, in the channel","kind":"short","hint":"mon 09:00, or off","value":"mon 09:00","choices":[],"is_required":false,"longest":64,"wrong":""}],"carried":{},"submit":"Start"}}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-2','{"type":"reply","card":{"title":"console has begun","blocks":[{"type":"line","text":["Study your goal (ten hours unless you set another) from Monday to Sunday and log it by Tuesday night: ","the week is kept and your streak grows. ","A short week sets it back to zero, unless you were away for four days or more, or hold a freeze: ","you start with one and earn one by each four weeks of streak."]},{"type":"line","text":["What happens next: ",{"type":"bold","text":"join"},", then ",{"type":"code","text":"/checkin 45m"}," whenever you have studied."]},{"type":"line","text":[{"type":"bold","text":"Last call"},": ","Sun 15:00, next ",{"type":"moment","at":"2026-01-11T15:00:00Z","zone":"UTC"}]},{"type":"line","text":[{"type":"bold","text":"Results"},": ","Mon 09:00, next ",{"type":"moment","at":"2026-01-12T09:00:00Z","zone":"UTC"}]},{"type":"note","text":["Ada is the organiser: ",{"type":"code","text":"/group settings"}," changes all of this."]},{"type":"actions","buttons":[{"label":"Join","command":"group join","options":{},"style":"primary","opens_form":false},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"},"audience":"public","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-3','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"10 h"}," of Statistics logged."]},{"type":"bar","done":600,"goal":600,"text":"10 h of 10 h"},{"type":"line","text":["This week is kept."]},{"type":"facts","facts":[{"label":"Streak","value":["1 week"]},{"label":"Weeks","value":["1 kept, of 1"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"1"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"1"},"style":"plain","opens_form":true}]}],"tone":"proud"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-4','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"2 h 30"}," of Machine Learning logged."]},{"type":"bar","done":150,"goal":600,"text":"2 h 30 of 10 h"},{"type":"line","text":["7 h 30 to go: 1 h 05 a day for 7 days."]},{"type":"facts","facts":[{"label":"Streak","value":["no streak yet"]},{"label":"Weeks","value":["0 kept so far"]}]},{"type":"note","text":["You have joined console by this check-in."]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"1"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"1"},"style":"plain","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-5','{"type":"reply","card":{"title":"You are in: console","blocks":[{"type":"line","text":["Study your goal (ten hours unless you set another) from Monday to Sunday and log it by Tuesday night: ","the week is kept and your streak grows. ","A short week sets it back to zero, unless you were away for four days or more, or hold a freeze: ","you start with one and earn one by each four weeks of streak."]},{"type":"line","text":["Log with ",{"type":"code","text":"/checkin 45m"},"; your goal is 10 h a week, and ",{"type":"code","text":"/goal"}," changes it."]},{"type":"note","text":["Nobody is reminded unless they ask for it."]},{"type":"note","text":["Is it worth it to you? Only you see what you answer, and a fresh start quotes it back."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false},{"label":"Say why","command":"why","options":{},"style":"plain","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-6','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["You are hidden in console: no board, total, line, milestone or progress shows you, and your answers stay private. Your weeks and streak go on as ever."]},{"type":"note","text":[{"type":"code","text":"/group show"}," undoes it."]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-7','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["Your goal is ",{"type":"bold","text":"8 h a week"},", from this week on."]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-8','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["Your days now follow ",{"type":"bold","text":"Europe/Berlin"},", where it is Mon 10:00 now."]},{"type":"note","text":["Days follow it at once; until when a week may be logged, from next week on."]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-9','{"type":"reply","card":{"title":"Your reminders","blocks":[{"type":"line","text":["You are reminded directly, on Console."]},{"type":"facts","facts":[{"label":"Nudge","value":["Thu 18:00, if nothing is logged yet; next ",{"type":"moment","at":"2026-01-08T18:00:00Z","zone":"UTC"}]},{"label":"Last call","value":["Sun 15:00, if 4 h or less are missing; next ",{"type":"moment","at":"2026-01-11T15:00:00Z","zone":"UTC"}]},{"label":"Fresh start","value":["Mon 09:00, after two missed weeks; next ",{"type":"moment","at":"2026-01-12T09:00:00Z","zone":"UTC"}]}]},{"type":"note","text":["Who has kept the week, is away or rests is never reminded."]},{"type":"actions","buttons":[{"label":"Change times…","command":"set reminders","options":{},"style":"primary","opens_form":true},{"label":"In the channel","command":"reminders","options":{"how":"channel","replace":"yes"},"style":"plain","opens_form":false},{"label":"Off","command":"reminders","options":{"how":"off","replace":"yes"},"style":"plain","opens_form":false}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-10','{"type":"reply","card":{"title":"Changed #1","blocks":[{"type":"line","text":["Was ",{"type":"bold","text":"2 h 30"}," · Machine Learning · today"]},{"type":"line","text":["Now ",{"type":"bold","text":"3 h"}," · Machine Learning · today"]},{"type":"bar","done":180,"goal":600,"text":"3 h of 10 h"}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-11','{"type":"reply","card":{"title":"Taken back","blocks":[{"type":"line","text":[{"type":"bold","text":"3 h"}," · Machine Learning · today"]},{"type":"bar","done":0,"goal":600,"text":"0 min of 10 h"},{"type":"actions","buttons":[{"label":"Put back","command":"undo","options":{"back":"1"},"style":"plain","opens_form":false},{"label":"Another…","command":"undo","options":{"another":"yes"},"style":"plain","opens_form":false}]}],"tone":"neutral"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-12','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"1 h 30"}," logged."]},{"type":"bar","done":90,"goal":600,"text":"1 h 30 of 10 h"},{"type":"line","text":["8 h 30 to go: 1 h 13 a day for 7 days."]},{"type":"facts","facts":[{"label":"Streak","value":["no streak yet"]},{"label":"Weeks","value":["0 kept so far"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"2"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"2"},"style":"plain","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-13','{"type":"reply","card":{"title":"Away","blocks":[{"type":"line","text":["You are away ",{"type":"bold","text":"from Tue 10 Feb to Fri 20 Feb"},", both included."]},{"type":"line","text":["Paused, so that your streak stays as it is: 9–15 Feb, 16–22 Feb."]},{"type":"note","text":["Time that you log meanwhile still counts, and doesn''t end the pause."]},{"type":"actions","buttons":[{"label":"I''m back","command":"resume","options":{},"style":"plain","opens_form":false}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-14','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["The timer runs for Mathematics. Enjoy your study."]},{"type":"actions","buttons":[{"label":"Stop","command":"timer stop","options":{},"style":"primary","opens_form":false}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-15','{"type":"reply","card":{"title":"Organisers of console","blocks":[{"type":"line","text":["Bo is an organiser now."]},{"type":"line","text":["Ada, Bo"]},{"type":"actions","buttons":[{"label":"Change…","command":"set organisers","options":{},"style":"primary","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-16','{"type":"reply","card":{"title":"Areas of console","blocks":[{"type":"line","text":["New: Physics."]},{"type":"line","text":["Mathematics, Statistics, Machine Learning, Software Engineering, DevOps, Cloud Systems, Physics"]},{"type":"note","text":["7 of at most 25."]},{"type":"actions","buttons":[{"label":"Change…","command":"set areas","options":{},"style":"primary","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-17','{"type":"reply","card":{"title":"Areas of console","blocks":[{"type":"line","text":["Retired: Physics. What was logged there stays as it is."]},{"type":"line","text":["Mathematics, Statistics, Machine Learning, Software Engineering, DevOps, Cloud Systems"]},{"type":"note","text":["6 of at most 25."]},{"type":"actions","buttons":[{"label":"Change…","command":"set areas","options":{},"style":"primary","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1767603600000,NULL);
INSERT INTO "requests" VALUES('request-18','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"11 h"}," logged."]},{"type":"bar","done":660,"goal":480,"text":"11 h of 8 h"},{"type":"line","text":["This week is kept, 3 h over."]},{"type":"facts","facts":[{"label":"Streak","value":["2 weeks"]},{"label":"Weeks","value":["2 kept, of 2"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"2"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"2"},"style":"plain","opens_form":true}]}],"tone":"proud"},"audience":"private","in_place":false,"is_wrong":false}',1768208400000,NULL);
INSERT INTO "requests" VALUES('request-19','{"type":"ask","form":{"command":"in","title":"I''m in this week","fields":[{"name":"plan","label":"When and where you will study","kind":"long","hint":"Tue and Thu evening in the library; only you see it","value":"","choices":[],"is_required":false,"longest":300,"wrong":""}],"carried":{},"submit":"I''m in"}}',1768208400000,NULL);
INSERT INTO "requests" VALUES('request-20','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"12 h"}," logged."]},{"type":"bar","done":720,"goal":480,"text":"12 h of 8 h"},{"type":"line","text":["This week is kept, 4 h over."]},{"type":"facts","facts":[{"label":"Streak","value":["3 weeks"]},{"label":"Weeks","value":["3 kept, of 3"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"3"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"3"},"style":"plain","opens_form":true}]}],"tone":"proud"},"audience":"private","in_place":false,"is_wrong":false}',1768813200000,NULL);
INSERT INTO "requests" VALUES('request-21','{"type":"ask","form":{"command":"in","title":"I''m in this week","fields":[{"name":"plan","label":"When and where you will study","kind":"long","hint":"Tue and Thu evening in the library; only you see it","value":"","choices":[],"is_required":false,"longest":300,"wrong":""}],"carried":{},"submit":"I''m in"}}',1768813200000,NULL);
INSERT INTO "requests" VALUES('request-22','{"type":"ask","form":{"command":"in","title":"I''m in this week","fields":[{"name":"plan","label":"When and where you will study","kind":"long","hint":"Tue and Thu evening in the library; only you see it","value":"","choices":[],"is_required":false,"longest":300,"wrong":""}],"carried":{},"submit":"I''m in"}}',1769418000000,NULL);
INSERT INTO "requests" VALUES('request-23','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"14 h"}," logged."]},{"type":"bar","done":840,"goal":480,"text":"14 h of 8 h"},{"type":"line","text":["This week is kept, 6 h over."]},{"type":"facts","facts":[{"label":"Streak","value":["4 weeks"]},{"label":"Weeks","value":["4 kept, of 4"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"4"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"4"},"style":"plain","opens_form":true}]}],"tone":"proud"},"audience":"private","in_place":false,"is_wrong":false}',1770022800000,NULL);
INSERT INTO "requests" VALUES('request-24','{"type":"ask","form":{"command":"in","title":"I''m in this week","fields":[{"name":"plan","label":"When and where you will study","kind":"long","hint":"Tue and Thu evening in the library; only you see it","value":"","choices":[],"is_required":false,"longest":300,"wrong":""}],"carried":{},"submit":"I''m in"}}',1770022800000,NULL);
INSERT INTO "requests" VALUES('request-25','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"15 h"}," logged."]},{"type":"bar","done":900,"goal":480,"text":"15 h of 8 h"},{"type":"line","text":["This week is kept, 7 h over."]},{"type":"line","text":["🎉 Milestone: 4 weeks of streak."]},{"type":"facts","facts":[{"label":"Streak","value":["5 weeks"]},{"label":"Weeks","value":["5 kept, of 6"]}]},{"type":"note","text":["❄️ A freeze carried your streak over a short week; 1 left."]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"5"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"5"},"style":"plain","opens_form":true}]}],"tone":"proud"},"audience":"private","in_place":false,"is_wrong":false}',1770627600000,NULL);
INSERT INTO "requests" VALUES('request-26','{"type":"ask","form":{"command":"in","title":"I''m in this week","fields":[{"name":"plan","label":"When and where you will study","kind":"long","hint":"Tue and Thu evening in the library; only you see it","value":"","choices":[],"is_required":false,"longest":300,"wrong":""}],"carried":{},"submit":"I''m in"}}',1770627600000,NULL);
INSERT INTO "requests" VALUES('request-27','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["Until ",{"type":"moment","at":"2026-02-09T12:00:00Z","zone":"UTC"}," then, unless you have studied by that time."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false}',1770627600000,NULL);
INSERT INTO "requests" VALUES('request-1000','{"type":"reply","card":{"title":"Your focus","blocks":[{"type":"line","text":["From now on your check-ins belong to ",{"type":"bold","text":"Linear algebra"},"."]},{"type":"line","text":["About 40 h: 4 weeks at 10 h a week."]},{"type":"line","text":["Done means: ","I can write an SVD"]},{"type":"note","text":["When it is done: ",{"type":"code","text":"/focus finish"},"."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770631200000,2);
INSERT INTO "requests" VALUES('request-1001','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"1 h 30"}," logged."]},{"type":"bar","done":90,"goal":600,"text":"1 h 30 of 10 h"},{"type":"line","text":["8 h 30 to go: 1 h 13 a day for 7 days."]},{"type":"facts","facts":[{"label":"Streak","value":["no streak yet"]},{"label":"Weeks","value":["0 kept, of 4"]},{"label":"Focus","value":[{"type":"bold","text":"Linear algebra"}," · week 1, 1 h 30 of about 40 h"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"3"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"3"},"style":"plain","opens_form":true}]},{"type":"actions","buttons":[{"label":"Share this with the group","command":"share","options":{"checkin":"3"},"style":"plain","opens_form":false}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770631200000,2);
INSERT INTO "requests" VALUES('request-1002','{"type":"reply","card":{"title":"Marked for sharing","blocks":[{"type":"line","text":["console''s results of that week may quote this, with your name; they quote one line a week."]},{"type":"quote","text":"what a rank says"},{"type":"actions","buttons":[{"label":"Keep it to myself","command":"share","options":{"checkin":"3","keep":"yes"},"style":"plain","opens_form":false}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770631200000,2);
INSERT INTO "requests" VALUES('request-1003','{"type":"ask","form":{"command":"focus finish","title":"Finish your focus","fields":[{"name":"explanation","label":"Explain it from first principles","kind":"long","hint":"in your own words, without notes","value":"","choices":[],"is_required":true,"longest":3000,"wrong":""},{"name":"link","label":"A link, if there is one","kind":"short","hint":"https://example.org/notes","value":"","choices":[],"is_required":false,"longest":500,"wrong":""}],"carried":{"focus":"1"},"submit":"Finish"}}',1770631200000,2);
INSERT INTO "requests" VALUES('request-1004','{"type":"reply","card":{"title":"Finished: Linear algebra","blocks":[{"type":"line","text":["1 week, 1 h 30 of about 40 h."," ",{"type":"link","text":"See it","url":"https://example.org/svd"}]},{"type":"quote","text":"A matrix turns, stretches and turns again."},{"type":"note","text":["It is kept in your journal."]},{"type":"actions","buttons":[{"label":"Start the next one","command":"focus start","options":{},"style":"primary","opens_form":true},{"label":"Tell the group","command":"tell","options":{"focus":"1"},"style":"plain","opens_form":false}]}],"tone":"proud"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770631200000,2);
INSERT INTO "requests" VALUES('request-1005','{"type":"reply","card":{"title":"Your focus","blocks":[{"type":"line","text":["From now on your check-ins belong to ",{"type":"bold","text":"Optimisation"},"."]},{"type":"line","text":["About 30 h: 3 weeks at 10 h a week."]},{"type":"line","text":["Done means: ","I can derive Adam"]},{"type":"note","text":["When it is done: ",{"type":"code","text":"/focus finish"},"."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770631200000,2);
INSERT INTO "requests" VALUES('request-1006','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"50 min"}," logged."]},{"type":"bar","done":140,"goal":600,"text":"2 h 20 of 10 h"},{"type":"line","text":["7 h 40 to go: 1 h 06 a day for 7 days."]},{"type":"facts","facts":[{"label":"Streak","value":["no streak yet"]},{"label":"Weeks","value":["0 kept, of 4"]},{"label":"Focus","value":[{"type":"bold","text":"Optimisation"}," · week 1, 50 min of about 30 h"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"4"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"4"},"style":"plain","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770631200000,2);
INSERT INTO "requests" VALUES('request-1007','{"type":"reply","card":{"title":"What is in toggl.csv","blocks":[{"type":"line","text":["A Toggl export with 2 entries."]},{"type":"table","columns":[{"title":"project","align":"left"},{"title":"entries","align":"right"},{"title":"time","align":"right"}],"rows":[["Maths","2","3 h 30"]],"marked":null},{"type":"line","text":["To bring in: 2 entries, 3 h 30, from 2025-11-03 to 2025-11-04."]},{"type":"line","text":["1 week with study, 3 h 30 on average; most in 3–9 Nov 2025: 3 h 30."]},{"type":"note","text":["Imported time counts as hours, for areas, horizon, history and journal; never for weeks, streaks or boards."]},{"type":"actions","buttons":[{"label":"Import it","command":"mydata bring","options":{"sheet":"2"},"style":"primary","opens_form":false},{"label":"Choose projects…","command":"mydata choose","options":{"sheet":"2"},"style":"plain","opens_form":true}]}],"tone":"neutral"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770631200000,2);
INSERT INTO "requests" VALUES('request-1008','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Imported: "},"2 entries, 3 h 30, from 2025-11-03 to 2025-11-04."]},{"type":"line","text":["1 week with study, 3 h 30 on average; most in 3–9 Nov 2025: 3 h 30."]},{"type":"note","text":["Imported time counts as hours, for areas, horizon, history and journal; never for weeks, streaks or boards."]}],"tone":"good"},"audience":"private","in_place":true,"is_wrong":false,"attachment":null}',1770631200000,2);
INSERT INTO "requests" VALUES('request-1009','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"40 min"}," logged."]},{"type":"bar","done":40,"goal":600,"text":"40 min of 10 h"},{"type":"line","text":["9 h 20 to go: 1 h 20 a day for 7 days."]},{"type":"facts","facts":[{"label":"Streak","value":["no streak yet"]},{"label":"Weeks","value":["0 kept so far"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"1"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"1"},"style":"plain","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770631200000,3);
CREATE TABLE schedules (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	group_id INTEGER, 
	person_id INTEGER, 
	moment TEXT, 
	payload TEXT DEFAULT '' NOT NULL, 
	is_on BOOLEAN DEFAULT 1 NOT NULL, 
	due_at BIGINT, 
	done_day TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (person_id, group_id, kind, payload), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "schedules" VALUES(1,'results',1,NULL,'mon 09:00','',1,1771232400000,'2026-02-09');
INSERT INTO "schedules" VALUES(2,'groupcall',1,NULL,'sun 15:00','',1,1771167600000,'2026-02-08');
INSERT INTO "schedules" VALUES(3,'nudge',NULL,2,'thu 18:00','',1,1770919200000,'2026-02-05');
INSERT INTO "schedules" VALUES(4,'lastcall',NULL,2,'sun 15:00','',1,1771167600000,'2026-02-08');
INSERT INTO "schedules" VALUES(5,'freshstart',NULL,2,'mon 09:00','',1,1771232400000,'2026-02-09');
INSERT INTO "schedules" VALUES(6,'closing',1,NULL,NULL,'2026-02-02',1,1770768000000,NULL);
INSERT INTO "schedules" VALUES(7,'snooze',NULL,2,NULL,'nudge 2026-02-09',1,1770638400000,NULL);
CREATE TABLE skipped (
	"key" TEXT NOT NULL, 
	group_id INTEGER, 
	reason TEXT NOT NULL, 
	due_at BIGINT NOT NULL, 
	skipped_at BIGINT NOT NULL, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE
);
INSERT INTO "skipped" VALUES('digest/1/2026-01-07',1,'the bot was not running while it was of use',1,2);
CREATE TABLE timers (
	person_id INTEGER NOT NULL, 
	started_at BIGINT NOT NULL, 
	area TEXT, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "timers" VALUES(1,1767603600000,'Mathematics');
CREATE TABLE weeks (
	person_id INTEGER NOT NULL, 
	monday TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	counted INTEGER NOT NULL, 
	goal INTEGER NOT NULL, 
	PRIMARY KEY (person_id, monday), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "weeks" VALUES(1,'2026-01-05',600,2922,600,480);
INSERT INTO "weeks" VALUES(1,'2026-01-12',660,2923,660,480);
INSERT INTO "weeks" VALUES(1,'2026-01-19',720,2924,720,480);
INSERT INTO "weeks" VALUES(1,'2026-02-02',840,2926,840,480);
INSERT INTO "weeks" VALUES(1,'2026-02-09',900,2927,900,480);
INSERT INTO "weeks" VALUES(2,'2026-01-05',90,2922,90,600);
INSERT INTO "weeks" VALUES(2,'2026-02-09',140,2927,140,600);
INSERT INTO "weeks" VALUES(3,'2026-02-09',40,2927,40,600);
CREATE TABLE zones (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	zone TEXT NOT NULL, 
	closing_from TEXT, 
	set_at BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "zones" VALUES(1,1,'UTC',NULL,1767603600000);
INSERT INTO "zones" VALUES(2,2,'UTC',NULL,1767603600000);
INSERT INTO "zones" VALUES(3,3,'UTC',NULL,1767603600000);
INSERT INTO "zones" VALUES(4,1,'Europe/Berlin','2026-01-12',1767603600000);
CREATE INDEX checkins_by_area ON checkins (person_id, area, day) WHERE area IS NOT NULL;
CREATE INDEX checkins_by_focus ON checkins (focus_id) WHERE focus_id IS NOT NULL;
CREATE INDEX checkins_in_journal ON checkins (person_id, day, number) WHERE learned IS NOT NULL AND undone_at IS NULL;
CREATE INDEX checkins_shared ON checkins (group_id, day) WHERE is_shared;
CREATE UNIQUE INDEX focuses_open ON focuses (person_id) WHERE ended_at IS NULL;
CREATE INDEX goals_by_person ON goals (person_id, id);
CREATE INDEX identities_by_person ON identities (person_id);
CREATE INDEX imports_by_checkin ON imports (checkin_id);
CREATE INDEX members_by_person ON members (person_id);
CREATE INDEX outbox_by_next ON outbox (platform, next_at);
CREATE INDEX outbox_by_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_dropped ON outbox (settled_at) WHERE state = 'dropped';
CREATE INDEX pauses_by_person ON pauses (person_id, until_day);
CREATE INDEX people_by_closing ON people (closes_at);
CREATE INDEX schedules_by_due ON schedules (due_at, kind, group_id, person_id);
CREATE INDEX schedules_by_group ON schedules (group_id);
CREATE INDEX skipped_by_time ON skipped (skipped_at);
CREATE INDEX zones_by_person ON zones (person_id, id);
COMMIT;
