BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
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
INSERT INTO "areas" VALUES(7,1,'Physics',6,1767603600000,'Astronomy');
INSERT INTO "areas" VALUES(8,1,'Astronomy',6,NULL,NULL);
INSERT INTO "areas" VALUES(9,2,'Mathematics',0,NULL,NULL);
INSERT INTO "areas" VALUES(10,2,'Statistics',1,NULL,NULL);
INSERT INTO "areas" VALUES(11,2,'Machine Learning',2,NULL,NULL);
INSERT INTO "areas" VALUES(12,2,'Software Engineering',3,NULL,NULL);
INSERT INTO "areas" VALUES(13,2,'DevOps',4,NULL,NULL);
INSERT INTO "areas" VALUES(14,2,'Cloud Systems',5,NULL,NULL);
INSERT INTO "areas" VALUES(15,3,'Mathematics',0,NULL,NULL);
INSERT INTO "areas" VALUES(16,3,'Statistics',1,NULL,NULL);
INSERT INTO "areas" VALUES(17,3,'Machine Learning',2,NULL,NULL);
INSERT INTO "areas" VALUES(18,3,'Software Engineering',3,NULL,NULL);
INSERT INTO "areas" VALUES(19,3,'DevOps',4,NULL,NULL);
INSERT INTO "areas" VALUES(20,3,'Cloud Systems',5,NULL,NULL);
INSERT INTO "areas" VALUES(21,4,'Mathematics',0,NULL,NULL);
INSERT INTO "areas" VALUES(22,4,'Statistics',1,NULL,NULL);
INSERT INTO "areas" VALUES(23,4,'Machine Learning',2,NULL,NULL);
INSERT INTO "areas" VALUES(24,4,'Software Engineering',3,NULL,NULL);
INSERT INTO "areas" VALUES(25,4,'DevOps',4,NULL,NULL);
INSERT INTO "areas" VALUES(26,4,'Cloud Systems',5,NULL,NULL);
INSERT INTO "areas" VALUES(27,5,'Mathematics',0,NULL,NULL);
INSERT INTO "areas" VALUES(28,5,'Statistics',1,NULL,NULL);
INSERT INTO "areas" VALUES(29,5,'Machine Learning',2,NULL,NULL);
INSERT INTO "areas" VALUES(30,5,'Software Engineering',3,NULL,NULL);
INSERT INTO "areas" VALUES(31,5,'DevOps',4,NULL,NULL);
INSERT INTO "areas" VALUES(32,5,'Cloud Systems',5,NULL,NULL);
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
INSERT INTO "checkin_versions" VALUES(16,1,'undo','2026-01-19',180,NULL,NULL,1770062400000);
INSERT INTO "checkin_versions" VALUES(16,2,'put back','2026-01-19',180,NULL,NULL,1770062400000);
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
INSERT INTO "checkins" VALUES(4,4,1,'2026-01-05',600,NULL,'what a rank says','typed',0,1767603600000,NULL,1,1,1);
INSERT INTO "checkins" VALUES(5,5,1,'2026-01-05',120,NULL,'a post that waits','typed',0,1767603600000,NULL,2,NULL,0);
INSERT INTO "checkins" VALUES(6,1,2,'2026-01-12',600,NULL,'week 1','typed',0,1768212000000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(7,4,2,'2026-01-12',660,NULL,NULL,'typed',0,1768212000000,NULL,1,1,0);
INSERT INTO "checkins" VALUES(8,5,2,'2026-01-12',360,NULL,'note 1','typed',0,1768212000000,NULL,2,NULL,0);
INSERT INTO "checkins" VALUES(9,6,1,'2026-01-12',180,NULL,NULL,'typed',0,1768212000000,NULL,3,NULL,0);
INSERT INTO "checkins" VALUES(10,4,3,'2026-01-11',1200,NULL,NULL,'typed',0,1768212000000,NULL,1,2,0);
INSERT INTO "checkins" VALUES(11,4,4,'2026-01-10',1200,NULL,NULL,'typed',0,1768212000000,NULL,1,2,0);
INSERT INTO "checkins" VALUES(12,4,5,'2026-01-09',1200,NULL,NULL,'typed',0,1768212000000,NULL,1,2,0);
INSERT INTO "checkins" VALUES(13,4,6,'2026-01-08',1200,NULL,NULL,'typed',0,1768212000000,NULL,1,2,0);
INSERT INTO "checkins" VALUES(14,1,3,'2026-01-19',660,NULL,'week 2','typed',0,1768816800000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(15,4,7,'2026-01-19',720,NULL,NULL,'typed',0,1768816800000,NULL,1,2,0);
INSERT INTO "checkins" VALUES(16,7,1,'2026-01-19',180,NULL,NULL,'typed',1,1768816800000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(17,8,1,'2026-01-19',180,NULL,NULL,'typed',0,1768816800000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(18,5,3,'2026-01-19',420,NULL,'note 2','typed',0,1768816800000,NULL,2,NULL,0);
INSERT INTO "checkins" VALUES(19,6,2,'2026-01-19',240,NULL,NULL,'typed',0,1768816800000,NULL,3,NULL,0);
INSERT INTO "checkins" VALUES(20,1,4,'2026-01-26',90,NULL,'too short a week','typed',0,1769421600000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(21,5,4,'2026-01-26',480,NULL,'note 3','typed',0,1769421600000,NULL,2,NULL,0);
INSERT INTO "checkins" VALUES(22,6,3,'2026-01-26',300,NULL,NULL,'typed',0,1769421600000,NULL,3,NULL,0);
INSERT INTO "checkins" VALUES(23,1,5,'2026-02-02',840,NULL,'week 4','typed',0,1770022800000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(24,5,5,'2026-02-02',240,NULL,'a post that waits','typed',0,1770022800000,NULL,2,NULL,0);
INSERT INTO "checkins" VALUES(25,4,8,'2026-02-02',20,NULL,'dropped','typed',0,1770022800000,NULL,1,2,0);
INSERT INTO "checkins" VALUES(26,3,1,'2025-11-03',120,NULL,'limits','import',0,1770023100000,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(27,3,2,'2025-11-04',90,NULL,'series','import',0,1770023100000,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(28,3,3,'2026-02-02',40,NULL,'why a learning rate decays','typed',0,1770023100000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(29,1,6,'2026-02-02',60,NULL,'why the trace of a product does not care about the order of its factors, and how that why the trace of a product does not care about the order of its factors, and how that why the trace of a product does not care about the order of its factors, and how that','typed',0,1770023100000,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(30,4,9,'2026-02-03',15,NULL,'nobody knows','typed',0,1770156000000,NULL,1,2,0);
INSERT INTO "checkins" VALUES(31,1,7,'2026-02-03',25,NULL,'put back','typed',0,1770156060000,NULL,1,NULL,0);
CREATE TABLE day_totals (
	person_id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	imported INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (person_id, day), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "day_totals" VALUES(1,'2026-01-05',600,0);
INSERT INTO "day_totals" VALUES(1,'2026-01-12',600,0);
INSERT INTO "day_totals" VALUES(1,'2026-01-19',660,0);
INSERT INTO "day_totals" VALUES(1,'2026-01-26',90,0);
INSERT INTO "day_totals" VALUES(1,'2026-02-02',900,0);
INSERT INTO "day_totals" VALUES(1,'2026-02-03',25,0);
INSERT INTO "day_totals" VALUES(2,'2026-01-05',90,0);
INSERT INTO "day_totals" VALUES(3,'2025-11-03',0,120);
INSERT INTO "day_totals" VALUES(3,'2025-11-04',0,90);
INSERT INTO "day_totals" VALUES(3,'2026-02-02',40,0);
INSERT INTO "day_totals" VALUES(4,'2026-01-05',600,0);
INSERT INTO "day_totals" VALUES(4,'2026-01-08',1200,0);
INSERT INTO "day_totals" VALUES(4,'2026-01-09',1200,0);
INSERT INTO "day_totals" VALUES(4,'2026-01-10',1200,0);
INSERT INTO "day_totals" VALUES(4,'2026-01-11',1200,0);
INSERT INTO "day_totals" VALUES(4,'2026-01-12',660,0);
INSERT INTO "day_totals" VALUES(4,'2026-01-19',720,0);
INSERT INTO "day_totals" VALUES(4,'2026-02-02',20,0);
INSERT INTO "day_totals" VALUES(4,'2026-02-03',15,0);
INSERT INTO "day_totals" VALUES(5,'2026-01-05',120,0);
INSERT INTO "day_totals" VALUES(5,'2026-01-12',360,0);
INSERT INTO "day_totals" VALUES(5,'2026-01-19',420,0);
INSERT INTO "day_totals" VALUES(5,'2026-01-26',480,0);
INSERT INTO "day_totals" VALUES(5,'2026-02-02',240,0);
INSERT INTO "day_totals" VALUES(6,'2026-01-12',180,0);
INSERT INTO "day_totals" VALUES(6,'2026-01-19',240,0);
INSERT INTO "day_totals" VALUES(6,'2026-01-26',300,0);
INSERT INTO "day_totals" VALUES(7,'2026-01-19',180,0);
INSERT INTO "day_totals" VALUES(8,'2026-01-19',180,0);
CREATE TABLE drafts (
	id INTEGER NOT NULL, 
	command TEXT NOT NULL, 
	options TEXT NOT NULL, 
	made_at BIGINT NOT NULL, person_id INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "drafts" VALUES(1,'checkin','{"time":"1h","learned":"why the trace of a product does not care about the order of its factors, and how that why the trace of a product does not care about the order of its factors, and how that why the trace of a product does not care about the order of its factors, and how that","day":"2026-02-02","twice":"6"}',1770023100000,1);
INSERT INTO "drafts" VALUES(2,'journal','{"search":"limit"}',1770023100000,NULL);
INSERT INTO "drafts" VALUES(3,'checkin','{"time":"1h","learned":"why the trace of a product does not care about the order of its factors, and how that why the trace of a product does not care about the order of its factors, and how that why the trace of a product does not care about the order of its factors, and how that","area":"Statistics"}',1770023100000,2);
INSERT INTO "drafts" VALUES(4,'mydata import','{"name":"later.csv","text":"c$`Z~EJ@YL$S*A_)+s2;&q_@$;W9EXGSxLS(ls#DG1T!*EXgQF2pQ=ZSs5EZMFA}}5Vi"}',1770154200000,3);
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
INSERT INTO "focuses" VALUES(1,4,1,'Linear algebra',2400,'I can write an SVD',1767603600000,1768212000000,'finished','A matrix turns, stretches and turns again.','https://example.org/svd',1260);
INSERT INTO "focuses" VALUES(2,4,2,'Optimisation',1800,'I can derive Adam',1768212000000,NULL,NULL,NULL,NULL,5555);
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
INSERT INTO "goals" VALUES(5,4,NULL,600,1767603600000);
INSERT INTO "goals" VALUES(6,5,NULL,600,1767603600000);
INSERT INTO "goals" VALUES(7,6,NULL,600,1767603600000);
INSERT INTO "goals" VALUES(8,7,NULL,600,1767603600000);
INSERT INTO "goals" VALUES(9,8,NULL,600,1767603600000);
INSERT INTO "goals" VALUES(10,9,NULL,600,1767603600000);
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
INSERT INTO "groups" VALUES(2,'discord','9001','7001','7001','America/New_York',600,'each',NULL,1767603600000);
INSERT INTO "groups" VALUES(3,'slack','T1','C1','C1','Asia/Kolkata',600,'each',NULL,1767603600000);
INSERT INTO "groups" VALUES(4,'console','','evening','evening','UTC',600,'each',NULL,1770023100000);
INSERT INTO "groups" VALUES(5,'console','','late','late','UTC',600,'each',NULL,1770062400000);
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
INSERT INTO "identities" VALUES('console','','dee',4);
INSERT INTO "identities" VALUES('discord','9001','4001',5);
INSERT INTO "identities" VALUES('slack','T1','U1',6);
INSERT INTO "identities" VALUES('console','','gus',7);
INSERT INTO "identities" VALUES('console','','hal',8);
INSERT INTO "identities" VALUES('console','','ida',9);
CREATE TABLE imports (
	person_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	checkin_id INTEGER NOT NULL, 
	PRIMARY KEY (person_id, "key"), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(checkin_id) REFERENCES checkins (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "imports" VALUES(3,'8334d64e6224f0f64d15a73f7cb12b14',26);
INSERT INTO "imports" VALUES(3,'02f26aeb8399b6c898a37b37afa76655',27);
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
INSERT INTO "intentions" VALUES(1,4,'2026-01-05','Tue and Thu evening in the library',1767603600000);
INSERT INTO "intentions" VALUES(1,2,'2026-01-12',NULL,1768212000000);
CREATE VIRTUAL TABLE journal USING fts5(who, words, tokenize = 'ascii', prefix = '2 3');
INSERT INTO "journal" (rowid, who, words) VALUES(-1,'p4','linear algebra a matrix turns stretches and turns again');
INSERT INTO "journal" (rowid, who, words) VALUES(1,'p1','the central limit theorem sum a1 is no formula');
INSERT INTO "journal" (rowid, who, words) VALUES(4,'p4','what a rank says');
INSERT INTO "journal" (rowid, who, words) VALUES(5,'p5','a post that waits');
INSERT INTO "journal" (rowid, who, words) VALUES(6,'p1','week 1');
INSERT INTO "journal" (rowid, who, words) VALUES(8,'p5','note 1');
INSERT INTO "journal" (rowid, who, words) VALUES(14,'p1','week 2');
INSERT INTO "journal" (rowid, who, words) VALUES(18,'p5','note 2');
INSERT INTO "journal" (rowid, who, words) VALUES(20,'p1','too short a week');
INSERT INTO "journal" (rowid, who, words) VALUES(21,'p5','note 3');
INSERT INTO "journal" (rowid, who, words) VALUES(23,'p1','week 4');
INSERT INTO "journal" (rowid, who, words) VALUES(24,'p5','a post that waits');
INSERT INTO "journal" (rowid, who, words) VALUES(25,'p4','dropped');
INSERT INTO "journal" (rowid, who, words) VALUES(26,'p3','limits');
INSERT INTO "journal" (rowid, who, words) VALUES(27,'p3','series');
INSERT INTO "journal" (rowid, who, words) VALUES(28,'p3','why a learning rate decays');
INSERT INTO "journal" (rowid, who, words) VALUES(29,'p1','why the trace of a product does not care about the order of its factors and how that why the trace of a product does not care about the order of its factors and how that why the trace of a product does not care about the order of its factors and how that');
INSERT INTO "journal" (rowid, who, words) VALUES(30,'p4','nobody knows');
INSERT INTO "journal" (rowid, who, words) VALUES(31,'p1','put back');
CREATE TABLE leases (
	name TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	until BIGINT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "leases" VALUES('console','host/1/ab',1770156080000);
INSERT INTO "leases" VALUES('discord','host/2/cd',1770156080000);
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
INSERT INTO "members" VALUES(1,4,1767603600000,2922,NULL,0);
INSERT INTO "members" VALUES(1,7,1767603600000,2922,NULL,0);
INSERT INTO "members" VALUES(1,8,1767603600000,2922,NULL,0);
INSERT INTO "members" VALUES(1,9,1767603600000,2922,1767603600000,0);
INSERT INTO "members" VALUES(2,5,1767603600000,2922,NULL,0);
INSERT INTO "members" VALUES(3,6,1767603600000,2922,NULL,0);
INSERT INTO "members" VALUES(4,1,1770023100000,2926,NULL,0);
INSERT INTO "members" VALUES(4,2,1770023100000,2926,NULL,0);
INSERT INTO "members" VALUES(5,9,1770062400000,2926,NULL,0);
CREATE TABLE memory (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	kept_at BIGINT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "memory" VALUES('discord/commands','digest-of-the-tree',1770156060000);
INSERT INTO "memory" VALUES('discord/servers','9001 9002',1770156060000);
INSERT INTO "memory" VALUES('discord/form/0','{"name":"again:0.d-7","user":"4001","at":"2026-02-03T22:01:00Z","form":{"command":"checkin","title":"Check in","fields":[{"name":"time","label":"How long you studied","kind":"short","hint":"2h30, 90 min, 1:30","value":"","choices":[],"is_required":true,"longest":64,"wrong":""},{"name":"area","label":"What it was about","kind":"choice","hint":"Statistics","value":"","choices":[{"label":"Mathematics","value":"Mathematics"},{"label":"Statistics","value":"Statistics"},{"label":"Machine Learning","value":"Machine Learning"},{"label":"Software Engineering","value":"Software Engineering"},{"label":"DevOps","value":"DevOps"},{"label":"Cloud Systems","value":"Cloud Systems"}],"is_required":false,"longest":80,"wrong":""},{"name":"learned","label":"What you learned","kind":"long","hint":"in your own words","value":"","choices":[],"is_required":false,"longest":1000,"wrong":""},{"name":"day","label":"When it was","kind":"day","hint":"today, yesterday, mon, 2026-11-20","value":"","choices":[],"is_required":false,"longest":64,"wrong":""}],"carried":{},"submit":"Check in"}}',1770156060000);
INSERT INTO "memory" VALUES('slack.installation.T1','gAAAAABpencrypted-with-the-key-of-the-settings',1770156060000);
INSERT INTO "memory" VALUES('slack/known','T1',1770156060000);
INSERT INTO "memory" VALUES('tenhours/pulse','ticking',1770156060000);
CREATE TABLE milestones (
	person_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	reached_at BIGINT NOT NULL, is_greeted BOOLEAN DEFAULT 1 NOT NULL, 
	PRIMARY KEY (person_id, kind, value), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "milestones" VALUES(1,'streak',4,1770161400000,0);
INSERT INTO "milestones" VALUES(4,'hours',100,1768212000000,1);
CREATE TABLE organisers (
	group_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (group_id, person_id), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "organisers" VALUES(1,1);
INSERT INTO "organisers" VALUES(2,5);
INSERT INTO "organisers" VALUES(3,6);
INSERT INTO "organisers" VALUES(5,9);
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
INSERT INTO "outbox" VALUES('line/1/1/2026-01-05T09:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 10 h"," · Statistics"," · the central limit theorem: =SUM(A1) is no formula"," · 10 h this week"]}],"tone":"neutral"}',NULL,'sent',1767603600000,1767646800000,NULL,1,'{"channel":"x","id":"0"}',NULL,1767603600000);
INSERT INTO "outbox" VALUES('line/1/2/2026-01-05T09:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Bo 🦊"}," · 2 h 30"," · Machine Learning"," · Ünïcode 🦊 and “quotes”"," · 2 h 30 this week"]}],"tone":"neutral"}',NULL,'sent',1767603600000,1767646800000,NULL,1,'{"channel":"x","id":"1"}',NULL,1767603600000);
INSERT INTO "outbox" VALUES('line/1/3/2026-01-05T09:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Bo 🦊"}," · 1 h 30"," · 1 h 30 this week"]}],"tone":"neutral"}',NULL,'sent',1767603600000,1767646800000,NULL,1,'{"channel":"x","id":"2"}',NULL,1767603600000);
INSERT INTO "outbox" VALUES('line/1/4/2026-01-05T09:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Dee"}," · 10 h"," · what a rank says"," · 10 h this week"]}],"tone":"neutral"}',NULL,'sent',1767603600000,1767646800000,NULL,1,'{"channel":"x","id":"3"}',NULL,1767603600000);
INSERT INTO "outbox" VALUES('line/2/5/2026-01-05T09:00:00',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Eve"}," · 2 h"," · a post that waits"," · 2 h this week"]}],"tone":"neutral"}',NULL,'dropped',1767603600000,1767646800000,NULL,0,NULL,'expired before it could be posted',1768471200000);
INSERT INTO "outbox" VALUES('nudge/0/7/2026-01-05',NULL,7,'console','{"platform":"console","team":"","channel":null,"user":"gus","name":"Gus"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-05"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1767643200000,1767729600000,NULL,1,'{"channel":"x","id":"4"}',NULL,1767643200000);
INSERT INTO "outbox" VALUES('nudge/0/8/2026-01-06',NULL,8,'console','{"platform":"console","team":"","channel":null,"user":"hal","name":"Hal"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-05"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1767742200000,1767828600000,NULL,1,'{"channel":"x","id":"5"}',NULL,1767742200000);
INSERT INTO "outbox" VALUES('groupcall/3/2026-01-11',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"Last call","blocks":[{"type":"line","text":["0 of 1 have kept the week of 5–11 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'dropped',1768123800000,1768156200000,NULL,0,NULL,'expired before it could be posted',1768471200000);
INSERT INTO "outbox" VALUES('groupcall/1/2026-01-11',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Last call","blocks":[{"type":"line","text":["2 of 5 have kept the week of 5–11 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1768143600000,1768176000000,NULL,1,'{"channel":"x","id":"6"}',NULL,1768143600000);
INSERT INTO "outbox" VALUES('groupcall/2/2026-01-11',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"Last call","blocks":[{"type":"line","text":["0 of 1 have kept the week of 5–11 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'dropped',1768161600000,1768194000000,NULL,0,NULL,'expired before it could be posted',1768471200000);
INSERT INTO "outbox" VALUES('results/3/2026-W02',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"","blocks":[{"type":"line","text":["Results · 5–11 Jan: a quiet week, nobody logged any time."]}],"tone":"neutral"}',NULL,'dropped',1768188600000,1768329000000,NULL,0,NULL,'expired before it could be posted',1768471200000);
INSERT INTO "outbox" VALUES('results/1/2026-W02',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 5–11 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 21 h of 48 h, 2 of 5 kept the week"},"."]},{"type":"line","text":["Kept: Ada, Dee."]},{"type":"line","text":["Learned by ",{"type":"bold","text":"Dee"},":"]},{"type":"quote","text":"what a rank says"},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-14T00:00:00Z","zone":"UTC"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}',NULL,'sent',1768208400000,1768348800000,NULL,1,'{"channel":"x","id":"7"}',NULL,1768208400000);
INSERT INTO "outbox" VALUES('line/1/6/2026-01-12T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 10 h"," · week 1"," · 10 h this week"]}],"tone":"neutral"}',NULL,'sent',1768212000000,1768255200000,NULL,1,'{"channel":"x","id":"8"}',NULL,1768212000000);
INSERT INTO "outbox" VALUES('line/1/7/2026-01-12T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Dee"}," · 11 h"," · 11 h this week"]}],"tone":"neutral"}',NULL,'sent',1768212000000,1768255200000,NULL,1,'{"channel":"x","id":"9"}',NULL,1768212000000);
INSERT INTO "outbox" VALUES('line/2/8/2026-01-12T10:00:00',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Eve"}," · 6 h"," · note 1"," · 6 h this week"]}],"tone":"neutral"}',NULL,'dropped',1768212000000,1768255200000,NULL,0,NULL,'expired before it could be posted',1768471200000);
INSERT INTO "outbox" VALUES('line/3/9/2026-01-12T10:00:00',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Fay"}," · 3 h"," · 3 h this week"]}],"tone":"neutral"}',NULL,'dropped',1768212000000,1768255200000,NULL,0,NULL,'expired before it could be posted',1768471200000);
INSERT INTO "outbox" VALUES('line/1/10/2026-01-12T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Dee"}," · 20 h"," · yesterday"," · 11 h this week"]}],"tone":"neutral"}',NULL,'sent',1768212000000,1768255200000,NULL,1,'{"channel":"x","id":"10"}',NULL,1768212000000);
INSERT INTO "outbox" VALUES('line/1/11/2026-01-12T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Dee"}," · 20 h"," · Sat 10 Jan"," · 11 h this week"]}],"tone":"neutral"}',NULL,'sent',1768212000000,1768255200000,NULL,1,'{"channel":"x","id":"11"}',NULL,1768212000000);
INSERT INTO "outbox" VALUES('line/1/12/2026-01-12T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Dee"}," · 20 h"," · Fri 9 Jan"," · 11 h this week"]}],"tone":"neutral"}',NULL,'sent',1768212000000,1768255200000,NULL,1,'{"channel":"x","id":"12"}',NULL,1768212000000);
INSERT INTO "outbox" VALUES('line/1/13/2026-01-12T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Dee"}," · 20 h"," · Thu 8 Jan"," · 11 h this week"," · 🎉 100 hours"]}],"tone":"neutral"}',NULL,'sent',1768212000000,1768255200000,NULL,1,'{"channel":"x","id":"13"}',NULL,1768212000000);
INSERT INTO "outbox" VALUES('results/2/2026-W02',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"Results · 5–11 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 2 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-14T05:00:00Z","zone":"America/New_York"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}',NULL,'dropped',1768226400000,1768366800000,NULL,0,NULL,'expired before it could be posted',1768471200000);
INSERT INTO "outbox" VALUES('nudge/0/7/2026-01-12',NULL,7,'console','{"platform":"console","team":"","channel":null,"user":"gus","name":"Gus"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-12"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1768248000000,1768334400000,NULL,1,'{"channel":"x","id":"14"}',NULL,1768248000000);
INSERT INTO "outbox" VALUES('nudge/0/2/2026-01-13',NULL,2,'console','{"platform":"console","team":"","channel":null,"user":"bo","name":"Bo 🦊"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-12"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1768341600000,1768428000000,NULL,1,'{"channel":"x","id":"15"}',NULL,1768341600000);
INSERT INTO "outbox" VALUES('nudge/0/8/2026-01-13',NULL,8,'console','{"platform":"console","team":"","channel":null,"user":"hal","name":"Hal"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-12"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1768347000000,1768433400000,NULL,1,'{"channel":"x","id":"16"}',NULL,1768347000000);
INSERT INTO "outbox" VALUES('results/1/2026-W02/closed',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 5–11 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 101 h of 48 h, 2 of 5 kept the week"},"."]},{"type":"line","text":["Kept: Ada, Dee."]},{"type":"line","text":["Learned by ",{"type":"bold","text":"Dee"},":"]},{"type":"quote","text":"what a rank says"},{"type":"line","text":["The week has closed."]},{"type":"line","text":["1 is in this week."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}','results/1/2026-W02','sent',1768348800000,1768953600000,NULL,1,'{"channel":"x","id":"7"}',NULL,1768348800000);
INSERT INTO "outbox" VALUES('results/2/2026-W02/closed',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"Results · 5–11 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 2 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}','results/2/2026-W02','dropped',1768366800000,1768971600000,NULL,0,NULL,'expired before it could be posted',1769076000000);
INSERT INTO "outbox" VALUES('groupcall/3/2026-01-18',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"Last call","blocks":[{"type":"line","text":["0 of 1 have kept the week of 12–18 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'dropped',1768728600000,1768761000000,NULL,0,NULL,'expired before it could be posted',1769076000000);
INSERT INTO "outbox" VALUES('groupcall/1/2026-01-18',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Last call","blocks":[{"type":"line","text":["2 of 5 have kept the week of 12–18 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1768748400000,1768780800000,NULL,1,'{"channel":"x","id":"17"}',NULL,1768748400000);
INSERT INTO "outbox" VALUES('groupcall/2/2026-01-18',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"Last call","blocks":[{"type":"line","text":["0 of 1 have kept the week of 12–18 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'dropped',1768766400000,1768798800000,NULL,0,NULL,'expired before it could be posted',1769076000000);
INSERT INTO "outbox" VALUES('lastcall/0/5/2026-01-18',NULL,5,'discord','{"platform":"discord","team":"9001","channel":null,"user":"4001","name":"Eve"}','{"title":"Last call","blocks":[{"type":"line","text":["4 h missing to keep this week (6 h of 10 h). It ends tonight."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"lastcall","week":"2026-01-12"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"warn"}',NULL,'dropped',1768766400000,1768798800000,NULL,0,NULL,'expired before it could be posted',1769076000000);
INSERT INTO "outbox" VALUES('results/3/2026-W03',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"Results · 12–18 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 3 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-20T18:30:00Z","zone":"Asia/Kolkata"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}',NULL,'dropped',1768793400000,1768933800000,NULL,0,NULL,'expired before it could be posted',1769076000000);
INSERT INTO "outbox" VALUES('results/1/2026-W03',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 12–18 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 21 h of 48 h, 2 of 5 kept the week"},"."]},{"type":"line","text":["Kept: Ada (2 weeks), Dee (2 weeks)."]},{"type":"line","text":["🎉 Dee: 100 hours."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-21T00:00:00Z","zone":"UTC"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}',NULL,'sent',1768813200000,1768953600000,NULL,1,'{"channel":"x","id":"18"}',NULL,1768813200000);
INSERT INTO "outbox" VALUES('line/1/14/2026-01-19T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 11 h"," · week 2"," · 11 h this week"]}],"tone":"neutral"}',NULL,'sent',1768816800000,1768860000000,NULL,1,'{"channel":"x","id":"19"}',NULL,1768816800000);
INSERT INTO "outbox" VALUES('line/1/15/2026-01-19T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Dee"}," · 12 h"," · 12 h this week"]}],"tone":"neutral"}',NULL,'sent',1768816800000,1768860000000,NULL,1,'{"channel":"x","id":"20"}',NULL,1768816800000);
INSERT INTO "outbox" VALUES('line/1/16/2026-01-19T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Gus"}," · 3 h"," · 3 h this week"]}],"tone":"neutral"}',NULL,'sent',1768816800000,1768860000000,NULL,1,'{"channel":"x","id":"21"}',NULL,1768816800000);
INSERT INTO "outbox" VALUES('line/1/17/2026-01-19T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Hal"}," · 3 h"," · 3 h this week"]}],"tone":"neutral"}',NULL,'sent',1768816800000,1768860000000,NULL,1,'{"channel":"x","id":"22"}',NULL,1768816800000);
INSERT INTO "outbox" VALUES('line/2/18/2026-01-19T10:00:00',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Eve"}," · 7 h"," · note 2"," · 7 h this week"]}],"tone":"neutral"}',NULL,'dropped',1768816800000,1768860000000,NULL,0,NULL,'expired before it could be posted',1769076000000);
INSERT INTO "outbox" VALUES('line/3/19/2026-01-19T10:00:00',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Fay"}," · 4 h"," · 4 h this week"]}],"tone":"neutral"}',NULL,'dropped',1768816800000,1768860000000,NULL,0,NULL,'expired before it could be posted',1769076000000);
INSERT INTO "outbox" VALUES('results/2/2026-W03',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"Results · 12–18 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 6 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-21T05:00:00Z","zone":"America/New_York"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}',NULL,'dropped',1768831200000,1768971600000,NULL,0,NULL,'expired before it could be posted',1769076000000);
INSERT INTO "outbox" VALUES('results/3/2026-W03/closed',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"Results · 12–18 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 3 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}','results/3/2026-W03','dropped',1768933800000,1769538600000,NULL,0,NULL,'expired before it could be posted',1769680800000);
INSERT INTO "outbox" VALUES('nudge/0/2/2026-01-20',NULL,2,'console','{"platform":"console","team":"","channel":null,"user":"bo","name":"Bo 🦊"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-19"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1768946400000,1769032800000,NULL,1,'{"channel":"x","id":"23"}',NULL,1768946400000);
INSERT INTO "outbox" VALUES('results/1/2026-W03/closed',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 12–18 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 21 h of 48 h, 2 of 5 kept the week"},"."]},{"type":"line","text":["Kept: Ada (2 weeks), Dee (2 weeks)."]},{"type":"line","text":["🎉 Dee: 100 hours."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}','results/1/2026-W03','sent',1768953600000,1769558400000,NULL,1,'{"channel":"x","id":"18"}',NULL,1768953600000);
INSERT INTO "outbox" VALUES('nudge/0/2/snoozed/nudge 2026-01-19',NULL,2,'console','{"platform":"console","team":"","channel":null,"user":"bo","name":"Bo 🦊"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-19"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1768959000000,1769045400000,NULL,1,'{"channel":"x","id":"24"}',NULL,1768959000000);
INSERT INTO "outbox" VALUES('results/2/2026-W03/closed',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"Results · 12–18 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 6 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}','results/2/2026-W03','dropped',1768971600000,1769576400000,NULL,0,NULL,'expired before it could be posted',1769680800000);
INSERT INTO "outbox" VALUES('groupcall/3/2026-01-25',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"Last call","blocks":[{"type":"line","text":["0 of 1 have kept the week of 19–25 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'dropped',1769333400000,1769365800000,NULL,0,NULL,'expired before it could be posted',1769680800000);
INSERT INTO "outbox" VALUES('groupcall/1/2026-01-25',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Last call","blocks":[{"type":"line","text":["2 of 5 have kept the week of 19–25 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1769353200000,1769385600000,NULL,1,'{"channel":"x","id":"25"}',NULL,1769353200000);
INSERT INTO "outbox" VALUES('groupcall/2/2026-01-25',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"Last call","blocks":[{"type":"line","text":["0 of 1 have kept the week of 19–25 Jan. It ends tonight; log it by Tuesday night."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'dropped',1769371200000,1769403600000,NULL,0,NULL,'expired before it could be posted',1769680800000);
INSERT INTO "outbox" VALUES('lastcall/0/5/2026-01-25',NULL,5,'discord','{"platform":"discord","team":"9001","channel":null,"user":"4001","name":"Eve"}','{"title":"Last call","blocks":[{"type":"line","text":["3 h missing to keep this week (7 h of 10 h). It ends tonight."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"lastcall","week":"2026-01-19"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"warn"}',NULL,'dropped',1769371200000,1769403600000,NULL,0,NULL,'expired before it could be posted',1769680800000);
INSERT INTO "outbox" VALUES('results/3/2026-W04',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"Results · 19–25 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 4 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-27T18:30:00Z","zone":"Asia/Kolkata"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}',NULL,'dropped',1769398200000,1769538600000,NULL,0,NULL,'expired before it could be posted',1769680800000);
INSERT INTO "outbox" VALUES('results/1/2026-W04',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 19–25 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 29 h of 48 h, 2 of 5 kept the week"},"."]},{"type":"line","text":["Kept: Ada (3 weeks), Dee (3 weeks)."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-28T00:00:00Z","zone":"UTC"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}',NULL,'sent',1769418000000,1769558400000,NULL,1,'{"channel":"x","id":"26"}',NULL,1769418000000);
INSERT INTO "outbox" VALUES('line/1/20/2026-01-26T10:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 1 h 30"," · too short a week"," · 1 h 30 this week"]}],"tone":"neutral"}',NULL,'sent',1769421600000,1769464800000,NULL,1,'{"channel":"x","id":"27"}',NULL,1769421600000);
INSERT INTO "outbox" VALUES('line/2/21/2026-01-26T10:00:00',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Eve"}," · 8 h"," · note 3"," · 8 h this week"]}],"tone":"neutral"}',NULL,'dropped',1769421600000,1769464800000,NULL,0,NULL,'expired before it could be posted',1769680800000);
INSERT INTO "outbox" VALUES('line/3/22/2026-01-26T10:00:00',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Fay"}," · 5 h"," · 5 h this week"]}],"tone":"neutral"}',NULL,'dropped',1769421600000,1769464800000,NULL,0,NULL,'expired before it could be posted',1769680800000);
INSERT INTO "outbox" VALUES('results/2/2026-W04',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"Results · 19–25 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 7 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-01-28T05:00:00Z","zone":"America/New_York"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}',NULL,'dropped',1769436000000,1769576400000,NULL,0,NULL,'expired before it could be posted',1769680800000);
INSERT INTO "outbox" VALUES('nudge/0/7/2026-01-26',NULL,7,'console','{"platform":"console","team":"","channel":null,"user":"gus","name":"Gus"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-26"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1769457600000,1769544000000,NULL,1,'{"channel":"x","id":"28"}',NULL,1769457600000);
INSERT INTO "outbox" VALUES('results/3/2026-W04/closed',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"Results · 19–25 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 4 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}','results/3/2026-W04','pending',1769538600000,1770143400000,1769538600000,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES('nudge/0/2/2026-01-27',NULL,2,'console','{"platform":"console","team":"","channel":null,"user":"bo","name":"Bo 🦊"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-26"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1769551200000,1769637600000,NULL,1,'{"channel":"x","id":"29"}',NULL,1769551200000);
INSERT INTO "outbox" VALUES('nudge/0/8/2026-01-27',NULL,8,'console','{"platform":"console","team":"","channel":null,"user":"hal","name":"Hal"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-26"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1769556600000,1769643000000,NULL,1,'{"channel":"x","id":"30"}',NULL,1769556600000);
INSERT INTO "outbox" VALUES('results/1/2026-W04/closed',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 19–25 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 29 h of 48 h, 2 of 5 kept the week"},"."]},{"type":"line","text":["Kept: Ada (3 weeks), Dee (3 weeks)."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"}','results/1/2026-W04','sent',1769558400000,1770163200000,NULL,1,'{"channel":"x","id":"26"}',NULL,1769558400000);
INSERT INTO "outbox" VALUES('nudge/0/8/snoozed/nudge 2026-01-26',NULL,8,'console','{"platform":"console","team":"","channel":null,"user":"hal","name":"Hal"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-01-26"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1769568300000,1769654700000,NULL,1,'{"channel":"x","id":"31"}',NULL,1769568300000);
INSERT INTO "outbox" VALUES('results/2/2026-W04/closed',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"Results · 19–25 Jan","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 7 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}','results/2/2026-W04','pending',1769576400000,1770181200000,1769576400000,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES('results/3/2026-W05',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"Results · 26 Jan – 1 Feb","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 5 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-02-03T18:30:00Z","zone":"Asia/Kolkata"},"."]},{"type":"note","text":["This comes late: the bot was not running at its time."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}',NULL,'pending',1770003000000,1770143400000,1770003000000,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES('results/1/2026-W05',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 26 Jan – 1 Feb","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 1 h of 38 h, 0 of 4 kept the week"},"."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-02-04T00:00:00Z","zone":"UTC"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}',NULL,'sent',1770022800000,1770163200000,NULL,1,'{"channel":"x","id":"32"}',NULL,1770022800000);
INSERT INTO "outbox" VALUES('line/1/23/2026-02-02T09:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 14 h"," · week 4"," · 14 h this week"]}],"tone":"neutral"}',NULL,'sent',1770022800000,1770066000000,NULL,1,'{"channel":"x","id":"33"}',NULL,1770022800000);
INSERT INTO "outbox" VALUES('line/2/24/2026-02-02T09:00:00',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Eve"}," · 4 h"," · a post that waits"," · 4 h this week"]}],"tone":"neutral"}',NULL,'pending',1770022800000,1770066000000,1770022800000,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES('line/1/25/2026-02-02T09:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Dee"}," · 20 min"," · dropped"," · 20 min this week"]}],"tone":"neutral"}',NULL,'dropped',1770022800000,1770066000000,NULL,1,NULL,'Missing Permissions',1770022800000);
INSERT INTO "outbox" VALUES('notposted/1/2026-02-02',NULL,1,'console','{"platform":"console","team":"","channel":null,"user":"ada","name":"Ada"}','{"title":"console misses a post","blocks":[{"type":"line","text":["A post to the channel did not get through: ","Missing Permissions."]},{"type":"note","text":["What was left out is listed by ",{"type":"code","text":"/group settings"},"; ",{"type":"code","text":"/group start"}," wakes a group."]}],"tone":"warn"}',NULL,'dropped',1770022800000,1770195600000,NULL,1,NULL,'Missing Permissions',1770022800000);
INSERT INTO "outbox" VALUES('line/1/29/2026-02-02T09:05:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 1 h"," · 15 h this week"]}],"tone":"neutral"}',NULL,'sent',1770023100000,1770066300000,NULL,1,'{"channel":"x","id":"34"}',NULL,1770023100000);
INSERT INTO "outbox" VALUES('line/4/29/2026-02-02T09:05:00',4,NULL,'console','{"platform":"console","team":"","channel":"evening","user":null,"name":"evening"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 1 h"," · 15 h this week"]}],"tone":"neutral"}',NULL,'sent',1770023100000,1770066300000,NULL,1,'{"channel":"x","id":"35"}',NULL,1770023100000);
INSERT INTO "outbox" VALUES('freshstart/0/5/2026-02-02',NULL,5,'discord','{"platform":"discord","team":"9001","channel":null,"user":"4001","name":"Eve"}','{"title":"A fresh start","blocks":[{"type":"line","text":["Two weeks were missed. They are over; this one has just begun."]},{"type":"line","text":["What stays yours: 0 kept, of 3 weeks."]},{"type":"line","text":["A smaller goal may fit better for now: your average was 5 h 30 a week."]},{"type":"actions","buttons":[{"label":"5 h 30 from Monday","command":"goal","options":{"hours":"5.5"},"style":"plain","opens_form":false}]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"freshstart","week":"2026-02-02"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'pending',1770040800000,1770181200000,1770040800000,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES('results/2/2026-W05',2,NULL,'discord','{"platform":"discord","team":"9001","channel":"7001","user":null,"name":"7001"}','{"title":"Results · 26 Jan – 1 Feb","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 8 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["Time for it still counts until ",{"type":"moment","at":"2026-02-04T05:00:00Z","zone":"America/New_York"},"."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}',NULL,'pending',1770040800000,1770181200000,1770040800000,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES('nudge/0/7/2026-02-02',NULL,7,'console','{"platform":"console","team":"","channel":null,"user":"gus","name":"Gus"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-02-02"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'dropped',1770062400000,1770148800000,NULL,1,NULL,'Cannot send messages to this user',1770062400000);
INSERT INTO "outbox" VALUES('nudge/0/7/2026-02-02/channel',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"A nudge","blocks":[{"type":"line","text":[{"type":"mention","user":"gus","name":"Gus"},": ","no check-in yet this week. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-02-02"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'dropped',1770062400000,1770148800000,NULL,1,NULL,'Cannot send messages to this user',1770062400000);
INSERT INTO "outbox" VALUES('results/3/2026-W05/closed',3,NULL,'slack','{"platform":"slack","team":"T1","channel":"C1","user":null,"name":"C1"}','{"title":"Results · 26 Jan – 1 Feb","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 5 h of 10 h, 0 of 1 kept the week"},"."]},{"type":"line","text":["The week has closed."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}','results/3/2026-W05','pending',1770143400000,1770748200000,1770143400000,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES('nudge/0/2/2026-02-03',NULL,2,'console','{"platform":"console","team":"","channel":null,"user":"bo","name":"Bo 🦊"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-02-02"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sent',1770156000000,1770242400000,NULL,1,'{"channel":"x","id":"36"}',NULL,1770156000000);
INSERT INTO "outbox" VALUES('line/1/30/2026-02-03T22:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Dee"}," · 15 min"," · nobody knows"," · 35 min this week"]}],"tone":"neutral"}',NULL,'sending',1770156000000,1770199200000,1770157192388,2,NULL,'slow down',NULL);
INSERT INTO "outbox" VALUES('line/1/31/2026-02-03T22:01:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 25 min"," · put back"," · 15 h 25 this week"]}],"tone":"neutral"}',NULL,'pending',1770156060000,1770199260000,1770156060000,0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES('line/4/31/2026-02-03T22:01:00',4,NULL,'console','{"platform":"console","team":"","channel":"evening","user":null,"name":"evening"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Ada"}," · 25 min"," · 15 h 25 this week"]}],"tone":"neutral"}',NULL,'pending',1770156060000,1770199260000,1770157269718,1,NULL,'slow down',NULL);
INSERT INTO "outbox" VALUES('nudge/0/8/2026-02-03',NULL,8,'console','{"platform":"console","team":"","channel":null,"user":"hal","name":"Hal"}','{"title":"A nudge","blocks":[{"type":"line","text":["No check-in yet this week; your goal is 10 h. Half an hour today is a good beginning."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Snooze 3 h","command":"snooze","options":{"what":"nudge","week":"2026-02-02"},"style":"plain","opens_form":false},{"label":"I''m away","command":"pause","options":{},"style":"plain","opens_form":true},{"label":"Stop these","command":"reminders","options":{"how":"off"},"style":"plain","opens_form":false}]}],"tone":"neutral"}',NULL,'sending',1770161400000,1770247800000,1770161460000,1,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES('results/1/2026-W05/closed',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"Results · 26 Jan – 1 Feb","blocks":[{"type":"line","text":[{"type":"bold","text":"Together 1 h of 38 h, 0 of 4 kept the week"},"."]},{"type":"line","text":["The week has closed."]},{"type":"line","text":["❄️ 1 freeze spent to save a streak."]},{"type":"actions","buttons":[{"label":"I''m in this week","command":"in","options":{},"style":"plain","opens_form":true},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"neutral"}','results/1/2026-W05','pending',1770163200000,1770768000000,1770163200000,0,NULL,NULL,NULL);
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
INSERT INTO "pauses" VALUES(1,4,'2026-01-12','2026-02-20',NULL,1768212000000);
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
INSERT INTO "people" VALUES(1,'Ada','Europe/Berlin','own','to read papers on my own','2026-01-05',1770156060000,7,2875,1767603600000,'2026-01-26','[3,3,3,0,4,0,1,0,"kkkf",false]',4,'kkkfk',4,1770764400000,0);
INSERT INTO "people" VALUES(2,'Bo 🦊','UTC','platform',NULL,'2026-01-05',1767603600000,2,90,1767603600000,'2026-01-26','[0,0,0,0,4,0,0,3,"fmmm",false]',0,'fmmm',0,1770768000000,0);
INSERT INTO "people" VALUES(3,'Cy','UTC','platform',NULL,'2026-02-02',1770023100000,3,250,1767603600000,NULL,NULL,0,'',0,1770768000000,0);
INSERT INTO "people" VALUES(4,'Dee','UTC','platform',NULL,'2026-01-05',1770156000000,9,6815,1767603600000,'2026-01-26','{"streak":3,"longest":3,"kept":3,"paused":1,"weeks":4,"earned":0,"spent":0,"missed_run":0,"recent":"kkkp"}',3,'kkkp',3,1770768000000,0);
INSERT INTO "people" VALUES(5,'Eve','America/New_York','platform',NULL,'2026-01-05',1770022800000,5,1620,1767603600000,'2026-01-19','[0,0,0,0,3,0,0,2,"fmm",false]',0,'fmm',0,1770181200000,0);
INSERT INTO "people" VALUES(6,'Fay','Asia/Kolkata','platform',NULL,'2026-01-12',1769421600000,3,720,1767603600000,'2026-01-26','[0,0,0,0,3,0,0,2,"fmm",false]',0,'fmm',0,1770748200000,0);
INSERT INTO "people" VALUES(7,'Gus','UTC','platform','it is fun','2026-01-19',1768816800000,1,180,1767603600000,'2026-01-26','[0,0,0,0,2,0,0,1,"fm",false]',0,'fm',0,1770768000000,0);
INSERT INTO "people" VALUES(8,'Hal','UTC','platform','it is fun','2026-01-19',1768816800000,1,180,1767603600000,'2026-01-26','[0,0,0,0,2,0,0,1,"fm",false]',0,'fm',0,1770768000000,0);
INSERT INTO "people" VALUES(9,'Ida','UTC','platform',NULL,NULL,NULL,0,0,1767603600000,NULL,NULL,0,'',0,NULL,0);
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
INSERT INTO "reminders" VALUES(1,'channel',1,'console','','ada',NULL,0);
INSERT INTO "reminders" VALUES(2,'direct',NULL,'console','','bo',NULL,0);
INSERT INTO "reminders" VALUES(5,'direct',NULL,'discord','9001','4001','0',0);
INSERT INTO "reminders" VALUES(7,'direct',NULL,'console','','gus',NULL,0);
INSERT INTO "reminders" VALUES(8,'direct',NULL,'console','','hal',NULL,0);
CREATE TABLE requests (
	id TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	made_at BIGINT NOT NULL, person_id INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "requests" VALUES('old-other-3','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["Until ",{"type":"moment","at":"2026-01-28T02:45:00Z","zone":"UTC"}," then, unless you have studied by that time."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1769557500000,8);
INSERT INTO "requests" VALUES('old-57','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"14 h"}," logged."]},{"type":"bar","done":840,"goal":480,"text":"14 h of 8 h"},{"type":"line","text":["This week is kept, 6 h over."]},{"type":"facts","facts":[{"label":"Streak","value":["4 weeks"]},{"label":"Weeks","value":["4 kept, of 4"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"5"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"5"},"style":"plain","opens_form":true}]},{"type":"actions","buttons":[{"label":"Share this with the group","command":"share","options":{"checkin":"5"},"style":"plain","opens_form":false}]}],"tone":"proud"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770022800000,1);
INSERT INTO "requests" VALUES('old-58','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["I read “99h” as 99 hours, but a day has 24."]},{"type":"line","text":["For example: ",{"type":"code","text":"2h30"}]}],"tone":"wrong"},"audience":"private","in_place":false,"is_wrong":true,"attachment":null}',1770022800000,1);
INSERT INTO "requests" VALUES('old-59','{"type":"ask","form":{"command":"checkin","title":"Check in","fields":[{"name":"time","label":"How long you studied","kind":"short","hint":"2h30, 90 min, 1:30","value":"","choices":[],"is_required":true,"longest":64,"wrong":""},{"name":"area","label":"What it was about","kind":"choice","hint":"Statistics","value":"","choices":[{"label":"Mathematics","value":"Mathematics"},{"label":"Statistics","value":"Statistics"},{"label":"Machine Learning","value":"Machine Learning"},{"label":"Software Engineering","value":"Software Engineering"},{"label":"DevOps","value":"DevOps"},{"label":"Cloud Systems","value":"Cloud Systems"},{"label":"Astronomy","value":"Astronomy"}],"is_required":false,"longest":80,"wrong":""},{"name":"learned","label":"What you learned","kind":"long","hint":"in your own words","value":"","choices":[],"is_required":false,"longest":1000,"wrong":""},{"name":"day","label":"When it was","kind":"day","hint":"today, yesterday, mon, 2026-11-20","value":"","choices":[],"is_required":false,"longest":64,"wrong":""}],"carried":{},"submit":"Check in"}}',1770022800000,1);
INSERT INTO "requests" VALUES('old-66','{"type":"reply","card":{"title":"console","blocks":[{"type":"facts","facts":[{"label":"Time zone","value":["UTC"]},{"label":"Goal for new members","value":["10 h a week"]},{"label":"The channel sees","value":["a line for each check-in"]},{"label":"Members","value":["6"]},{"label":"Organisers","value":["Ada"]},{"label":"Areas","value":["Mathematics, Statistics, Machine Learning, Software Engineering, DevOps, Cloud Systems, Astronomy"]}]},{"type":"facts","facts":[{"label":"Results","value":["Mon 09:00, next ",{"type":"moment","at":"2026-02-09T09:00:00Z","zone":"UTC"}]},{"label":"Last call","value":["Sun 15:00, next ",{"type":"moment","at":"2026-02-08T15:00:00Z","zone":"UTC"}]},{"label":"Daily digest","value":["off"]}]},{"type":"note","text":["Skipped: Last call of ",{"type":"moment","at":"2026-02-01T15:00:00Z","zone":"UTC"}," (the bot was not running while it was of use)."]},{"type":"actions","buttons":[{"label":"Change…","command":"set group","options":{},"style":"primary","opens_form":true},{"label":"Posts","command":"group schedule","options":{},"style":"plain","opens_form":false},{"label":"Areas","command":"group areas","options":{},"style":"plain","opens_form":false},{"label":"Organisers","command":"group organisers","options":{},"style":"plain","opens_form":false},{"label":"Members","command":"group members","options":{},"style":"plain","opens_form":false}]}],"tone":"neutral"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770022800000,1);
INSERT INTO "requests" VALUES('d-21','{"type":"reply","card":{"title":"7001","blocks":[{"type":"facts","facts":[{"label":"Time zone","value":["America/New_York"]},{"label":"Goal for new members","value":["10 h a week"]},{"label":"The channel sees","value":["a line for each check-in"]},{"label":"Members","value":["1"]},{"label":"Organisers","value":["Eve"]},{"label":"Areas","value":["Mathematics, Statistics, Machine Learning, Software Engineering, DevOps, Cloud Systems"]}]},{"type":"facts","facts":[{"label":"Results","value":["Mon 09:00, next ",{"type":"moment","at":"2026-02-02T14:00:00Z","zone":"America/New_York"}]},{"label":"Last call","value":["Sun 15:00, next ",{"type":"moment","at":"2026-02-08T20:00:00Z","zone":"America/New_York"}]},{"label":"Daily digest","value":["off"]}]},{"type":"note","text":["Skipped: Last call of ",{"type":"moment","at":"2026-02-01T20:00:00Z","zone":"America/New_York"}," (the bot was not running while it was of use)."]},{"type":"note","text":["Not posted: Last call of ",{"type":"moment","at":"2026-01-25T20:00:00Z","zone":"America/New_York"}," (expired before it could be posted)."]},{"type":"note","text":["Not posted: A post of ",{"type":"moment","at":"2026-01-26T10:00:00Z","zone":"America/New_York"}," (expired before it could be posted)."]},{"type":"note","text":["Not posted: Results of ",{"type":"moment","at":"2026-01-21T05:00:00Z","zone":"America/New_York"}," (expired before it could be posted)."]},{"type":"note","text":["Not posted: Results of ",{"type":"moment","at":"2026-01-26T14:00:00Z","zone":"America/New_York"}," (expired before it could be posted)."]},{"type":"note","text":["Not posted: Last call of ",{"type":"moment","at":"2026-01-18T20:00:00Z","zone":"America/New_York"}," (expired before it could be posted)."]},{"type":"actions","buttons":[{"label":"Change…","command":"set group","options":{},"style":"primary","opens_form":true},{"label":"Posts","command":"group schedule","options":{},"style":"plain","opens_form":false},{"label":"Areas","command":"group areas","options":{},"style":"plain","opens_form":false},{"label":"Organisers","command":"group organisers","options":{},"style":"plain","opens_form":false},{"label":"Members","command":"group members","options":{},"style":"plain","opens_form":false}]}],"tone":"neutral"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770022800000,5);
INSERT INTO "requests" VALUES('d-22','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"4 h"}," logged."]},{"type":"bar","done":240,"goal":600,"text":"4 h of 10 h"},{"type":"line","text":["6 h to go: 52 min a day for 7 days."]},{"type":"facts","facts":[{"label":"Streak","value":["no streak yet"]},{"label":"Weeks","value":["0 kept, of 3"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"5"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"5"},"style":"plain","opens_form":true}]},{"type":"actions","buttons":[{"label":"Share this with the group","command":"share","options":{"checkin":"5"},"style":"plain","opens_form":false}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770022800000,5);
INSERT INTO "requests" VALUES('old-67','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"20 min"}," logged."]},{"type":"bar","done":20,"goal":600,"text":"20 min of 10 h"},{"type":"line","text":["9 h 40 to go: 1 h 23 a day for 7 days."]},{"type":"facts","facts":[{"label":"Streak","value":["3 weeks"]},{"label":"Weeks","value":["3 kept, of 3"]},{"label":"Focus","value":[{"type":"bold","text":"Optimisation"}," · week 4, 92 h of about 30 h"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"8"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"8"},"style":"plain","opens_form":true}]},{"type":"actions","buttons":[{"label":"Share this with the group","command":"share","options":{"checkin":"8"},"style":"plain","opens_form":false}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770022800000,4);
INSERT INTO "requests" VALUES('old-other-4','{"type":"reply","card":{"title":"What is in toggl.csv","blocks":[{"type":"line","text":["A Toggl export with 2 entries."]},{"type":"table","columns":[{"title":"project","align":"left"},{"title":"entries","align":"right"},{"title":"time","align":"right"}],"rows":[["Maths","2","3 h 30"]],"marked":null},{"type":"line","text":["To bring in: 2 entries, 3 h 30, from 2025-11-03 to 2025-11-04."]},{"type":"line","text":["1 week with study, 3 h 30 on average; most in 3–9 Nov 2025: 3 h 30."]},{"type":"note","text":["Imported time counts as hours, for areas, horizon, history and journal; never for weeks, streaks or boards."]},{"type":"actions","buttons":[{"label":"Import it","command":"mydata bring","options":{"sheet":"1"},"style":"primary","opens_form":false},{"label":"Choose projects…","command":"mydata choose","options":{"sheet":"1"},"style":"plain","opens_form":true}]}],"tone":"neutral"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770023100000,3);
INSERT INTO "requests" VALUES('old-68','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"Imported: "},"2 entries, 3 h 30, from 2025-11-03 to 2025-11-04."]},{"type":"line","text":["1 week with study, 3 h 30 on average; most in 3–9 Nov 2025: 3 h 30."]},{"type":"note","text":["Imported time counts as hours, for areas, horizon, history and journal; never for weeks, streaks or boards."]}],"tone":"good"},"audience":"private","in_place":true,"is_wrong":false,"attachment":null}',1770023100000,3);
INSERT INTO "requests" VALUES('old-69','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"40 min"}," logged."]},{"type":"bar","done":40,"goal":600,"text":"40 min of 10 h"},{"type":"line","text":["9 h 20 to go: 1 h 20 a day for 7 days."]},{"type":"facts","facts":[{"label":"Streak","value":["no streak yet"]},{"label":"Weeks","value":["0 kept so far"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"3"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"3"},"style":"plain","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770023100000,3);
INSERT INTO "requests" VALUES('old-70','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["The timer runs for Mathematics. Enjoy your study."]},{"type":"actions","buttons":[{"label":"Stop","command":"timer stop","options":{},"style":"primary","opens_form":false}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770023100000,3);
INSERT INTO "requests" VALUES('old-71','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"1 h"}," logged."]},{"type":"bar","done":900,"goal":480,"text":"15 h of 8 h"},{"type":"line","text":["This week is kept, 7 h over."]},{"type":"facts","facts":[{"label":"Streak","value":["4 weeks"]},{"label":"Weeks","value":["4 kept, of 4"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"6"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"6"},"style":"plain","opens_form":true}]}],"tone":"proud"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770023100000,1);
INSERT INTO "requests" VALUES('old-72','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["You logged the same a moment ago (1 h): count both?"]},{"type":"actions","buttons":[{"label":"Count both","command":"~1","options":{},"style":"plain","opens_form":false},{"label":"Just once","command":"checkin","options":{"time":"60m","twice":"no"},"style":"primary","opens_form":false}]}],"tone":"warn"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770023100000,1);
INSERT INTO "requests" VALUES('old-73','{"type":"ask","form":{"command":"group start","title":"Start a group here","fields":[{"name":"name","label":"What the group is called","kind":"short","hint":"Study hall","value":"late","choices":[],"is_required":false,"longest":80,"wrong":""},{"name":"zone","label":"Time zone of its posts","kind":"short","hint":"Europe/Berlin","value":"UTC","choices":[],"is_required":false,"longest":64,"wrong":""},{"name":"goal","label":"Hours a week, for new members","kind":"short","hint":"10","value":"10 h","choices":[],"is_required":false,"longest":64,"wrong":""},{"name":"lastcall","label":"Last call of the week, in the channel","kind":"short","hint":"sun 15:00, or off","value":"sun 15:00","choices":[],"is_required":false,"longest":64,"wrong":""},{"name":"results","label":"Results of the week, in the channel","kind":"short","hint":"mon 09:00, or off","value":"mon 09:00","choices":[],"is_required":false,"longest":64,"wrong":""}],"carried":{},"submit":"Start"}}',1770062400000,9);
INSERT INTO "requests" VALUES('old-74','{"type":"reply","card":{"title":"late has begun","blocks":[{"type":"line","text":["Study your goal (ten hours unless you set another) from Monday to Sunday and log it by Tuesday night: ","the week is kept and your streak grows. ","A short week sets it back to zero, unless you were away for four days or more, or hold a freeze: ","you start with one and earn one by each four weeks of streak."]},{"type":"line","text":["What happens next: ",{"type":"bold","text":"join"},", then ",{"type":"code","text":"/checkin 45m"}," whenever you have studied."]},{"type":"line","text":[{"type":"bold","text":"Last call"},": ","Sun 15:00, next ",{"type":"moment","at":"2026-02-08T15:00:00Z","zone":"UTC"}]},{"type":"line","text":[{"type":"bold","text":"Results"},": ","Mon 09:00, next ",{"type":"moment","at":"2026-02-09T09:00:00Z","zone":"UTC"}]},{"type":"note","text":["Ida is the organiser: ",{"type":"code","text":"/group settings"}," changes all of this."]},{"type":"actions","buttons":[{"label":"Join","command":"group join","options":{},"style":"primary","opens_form":false},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"},"audience":"public","in_place":false,"is_wrong":false,"attachment":null}',1770062400000,9);
INSERT INTO "requests" VALUES('old-75','{"type":"reply","card":{"title":"Taken back","blocks":[{"type":"line","text":[{"type":"bold","text":"3 h"}," · Mon 19 Jan"]},{"type":"bar","done":0,"goal":600,"text":"0 min of 10 h"},{"type":"actions","buttons":[{"label":"Put back","command":"undo","options":{"back":"1"},"style":"plain","opens_form":false},{"label":"Another…","command":"undo","options":{"another":"yes"},"style":"plain","opens_form":false}]},{"type":"note","text":["I could not send you a direct message: yours seem to be closed to this bot. Open them, or choose ",{"type":"code","text":"/reminders how: channel"},"."]}],"tone":"neutral"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770062400000,7);
INSERT INTO "requests" VALUES('old-76','{"type":"reply","card":{"title":"Put back","blocks":[{"type":"line","text":[{"type":"bold","text":"3 h"}," · Mon 19 Jan"]},{"type":"bar","done":0,"goal":600,"text":"0 min of 10 h"}],"tone":"good"},"audience":"private","in_place":true,"is_wrong":false,"attachment":null}',1770062400000,7);
INSERT INTO "requests" VALUES('old-77','{"type":"reply","card":{"title":"Your road","blocks":[{"type":"line","text":[{"type":"bold","text":"113 h"}," since January 2026; 927 h to 1,040 h, two years at 10 h a week."]},{"type":"bar","done":6800,"goal":62400,"text":"113 h of 1,040 h"},{"type":"facts","facts":[{"label":"One hour more a week","value":["1,040 h about 8 weeks sooner than 10 h"]},{"label":"Weeks","value":["3 kept, of 3"]},{"label":"Season","value":["1, week 5 of 13, 113 h 20 in it"]}]},{"type":"table","columns":[{"title":"Mark","align":"left"},{"title":"Hours","align":"right"},{"title":"Done","align":"right"}],"rows":[["2 years","1,040 h","10 %"],["3 years","1,560 h","7 %"],["4 years","2,080 h","5 %"],["5 years","2,600 h","4 %"]],"marked":0},{"type":"note","text":["A date is said once there are 12 whole weeks to judge by: 8 more whole weeks to go."]},{"type":"picture","chart":{"type":"cumulative","title":"113 h on the road","subtitle":"since 5 January 2026","starts":"2026-01-05","step":7,"minutes":[0,5400,6060,6780,6780,6800],"marks":[{"minutes":62400,"label":"2 years"},{"minutes":93600,"label":"3 years"},{"minutes":124800,"label":"4 years"},{"minutes":156000,"label":"5 years"}]},"alt":"A rising line: 113 h since January 2026, 10 % of 1,040 h."},{"type":"actions","buttons":[{"label":"Show everyone","command":"horizon","options":{"everyone":"yes"},"style":"plain","opens_form":false}]}],"tone":"neutral"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770143400000,4);
INSERT INTO "requests" VALUES('old-other-7','{"type":"reply","card":{"title":"What is in later.csv","blocks":[{"type":"line","text":["A table with 2 entries."]},{"type":"table","columns":[{"title":"project","align":"left"},{"title":"entries","align":"right"},{"title":"time","align":"right"}],"rows":[["Maths","2","3 h 30"]],"marked":null},{"type":"line","text":["To bring in: 2 entries, 3 h 30, from 2025-12-01 to 2025-12-02."]},{"type":"line","text":["1 week with study, 3 h 30 on average; most in 1–7 Dec 2025: 3 h 30."]},{"type":"note","text":["Imported time counts as hours, for areas, horizon, history and journal; never for weeks, streaks or boards."]},{"type":"actions","buttons":[{"label":"Import it","command":"mydata bring","options":{"sheet":"4"},"style":"primary","opens_form":false},{"label":"Choose projects…","command":"mydata choose","options":{"sheet":"4"},"style":"plain","opens_form":true}]}],"tone":"neutral"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770154200000,3);
INSERT INTO "requests" VALUES('old-79','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["Until ",{"type":"moment","at":"2026-02-04T01:00:00Z","zone":"UTC"}," then, unless you have studied by that time."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770156000000,2);
INSERT INTO "requests" VALUES('old-80','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"15 min"}," logged."]},{"type":"bar","done":35,"goal":600,"text":"35 min of 10 h"},{"type":"line","text":["9 h 25 to go: 1 h 35 a day for 6 days."]},{"type":"facts","facts":[{"label":"Streak","value":["3 weeks"]},{"label":"Weeks","value":["3 kept, of 3"]},{"label":"Focus","value":[{"type":"bold","text":"Optimisation"}," · week 4, 92 h of about 30 h"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"9"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"9"},"style":"plain","opens_form":true}]},{"type":"actions","buttons":[{"label":"Share this with the group","command":"share","options":{"checkin":"9"},"style":"plain","opens_form":false}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770156000000,4);
INSERT INTO "requests" VALUES('old-81','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"25 min"}," logged."]},{"type":"bar","done":925,"goal":480,"text":"15 h 25 of 8 h"},{"type":"line","text":["This week is kept, 7 h 25 over."]},{"type":"facts","facts":[{"label":"Streak","value":["4 weeks"]},{"label":"Weeks","value":["4 kept, of 4"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"7"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"7"},"style":"plain","opens_form":true}]},{"type":"actions","buttons":[{"label":"Share this with the group","command":"share","options":{"checkin":"7"},"style":"plain","opens_form":false}]}],"tone":"proud"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1770156060000,1);
INSERT INTO "requests" VALUES('d-6','{"type":"ask","form":{"command":"checkin","title":"Check in","fields":[{"name":"time","label":"How long you studied","kind":"short","hint":"2h30, 90 min, 1:30","value":"","choices":[],"is_required":true,"longest":64,"wrong":""},{"name":"area","label":"What it was about","kind":"choice","hint":"Statistics","value":"","choices":[{"label":"Mathematics","value":"Mathematics"},{"label":"Statistics","value":"Statistics"},{"label":"Machine Learning","value":"Machine Learning"},{"label":"Software Engineering","value":"Software Engineering"},{"label":"DevOps","value":"DevOps"},{"label":"Cloud Systems","value":"Cloud Systems"}],"is_required":false,"longest":80,"wrong":""},{"name":"learned","label":"What you learned","kind":"long","hint":"in your own words","value":"","choices":[],"is_required":false,"longest":1000,"wrong":""},{"name":"day","label":"When it was","kind":"day","hint":"today, yesterday, mon, 2026-11-20","value":"","choices":[],"is_required":false,"longest":64,"wrong":""}],"carried":{},"submit":"Check in"}}',1770156060000,5);
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
INSERT INTO "schedules" VALUES(1,'results',1,NULL,'mon 09:00','',1,1770627600000,'2026-02-02');
INSERT INTO "schedules" VALUES(2,'groupcall',1,NULL,'sun 15:00','',1,1770562800000,'2026-02-01');
INSERT INTO "schedules" VALUES(3,'nudge',NULL,2,'tue 22:00','',1,1770760800000,'2026-02-03');
INSERT INTO "schedules" VALUES(4,'lastcall',NULL,2,'sun 15:00','',1,1770562800000,'2026-02-01');
INSERT INTO "schedules" VALUES(5,'freshstart',NULL,2,'mon 09:00','',1,1770627600000,'2026-02-02');
INSERT INTO "schedules" VALUES(6,'nudge',1,1,'thu 18:00','',1,1770310800000,'2026-01-29');
INSERT INTO "schedules" VALUES(7,'lastcall',1,1,'sun 15:00','',1,1770559200000,'2026-02-01');
INSERT INTO "schedules" VALUES(8,'freshstart',1,1,'mon 09:00','',1,1770624000000,'2026-02-02');
INSERT INTO "schedules" VALUES(9,'results',2,NULL,'mon 09:00','',1,1770645600000,'2026-02-02');
INSERT INTO "schedules" VALUES(10,'groupcall',2,NULL,'sun 15:00','',1,1770580800000,'2026-02-01');
INSERT INTO "schedules" VALUES(11,'nudge',NULL,5,'mon 09:00','',1,1770645600000,'2026-02-02');
INSERT INTO "schedules" VALUES(12,'lastcall',NULL,5,'sun 15:00','',1,1770580800000,'2026-02-01');
INSERT INTO "schedules" VALUES(13,'freshstart',NULL,5,'mon 09:00','',1,1770645600000,'2026-02-02');
INSERT INTO "schedules" VALUES(14,'results',3,NULL,'mon 09:00','',1,1770607800000,'2026-02-02');
INSERT INTO "schedules" VALUES(15,'groupcall',3,NULL,'sun 15:00','',1,1770543000000,'2026-02-01');
INSERT INTO "schedules" VALUES(16,'nudge',NULL,7,'mon 20:00','',1,1770667200000,'2026-02-02');
INSERT INTO "schedules" VALUES(17,'lastcall',NULL,7,'sun 15:00','',1,1770562800000,'2026-02-01');
INSERT INTO "schedules" VALUES(18,'freshstart',NULL,7,'mon 09:00','',1,1770627600000,'2026-02-02');
INSERT INTO "schedules" VALUES(19,'nudge',NULL,8,'tue 23:30','',1,1770766200000,'2026-02-03');
INSERT INTO "schedules" VALUES(20,'lastcall',NULL,8,'sun 15:00','',1,1770562800000,'2026-02-01');
INSERT INTO "schedules" VALUES(21,'freshstart',NULL,8,'mon 09:00','',1,1770627600000,'2026-02-02');
INSERT INTO "schedules" VALUES(29,'snooze',NULL,8,NULL,'nudge 2026-01-26',0,NULL,NULL);
INSERT INTO "schedules" VALUES(32,'closing',2,NULL,NULL,'2026-01-26',1,1770181200000,NULL);
INSERT INTO "schedules" VALUES(33,'results',5,NULL,'mon 09:00','',1,1770627600000,'2026-02-02');
INSERT INTO "schedules" VALUES(34,'groupcall',5,NULL,'sun 15:00','',1,1770562800000,NULL);
INSERT INTO "schedules" VALUES(35,'snooze',NULL,2,NULL,'nudge 2026-02-02',1,1770166800000,NULL);
CREATE TABLE skipped (
	"key" TEXT NOT NULL, 
	group_id INTEGER, 
	reason TEXT NOT NULL, 
	due_at BIGINT NOT NULL, 
	skipped_at BIGINT NOT NULL, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE
);
INSERT INTO "skipped" VALUES('groupcall/3/2026-02-01',3,'the bot was not running while it was of use',1769938200000,1770022500000);
INSERT INTO "skipped" VALUES('groupcall/1/2026-02-01',1,'the bot was not running while it was of use',1769958000000,1770022500000);
INSERT INTO "skipped" VALUES('groupcall/2/2026-02-01',2,'the bot was not running while it was of use',1769976000000,1770022500000);
INSERT INTO "skipped" VALUES('lastcall/0/5/2026-02-01',NULL,'the bot was not running while it was of use',1769976000000,1770022500000);
CREATE TABLE timers (
	person_id INTEGER NOT NULL, 
	started_at BIGINT NOT NULL, 
	area TEXT, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "timers" VALUES(3,1770023100000,'Mathematics');
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
INSERT INTO "weeks" VALUES(1,'2026-01-12',600,2923,600,480);
INSERT INTO "weeks" VALUES(1,'2026-01-19',660,2924,660,480);
INSERT INTO "weeks" VALUES(1,'2026-01-26',90,2925,90,480);
INSERT INTO "weeks" VALUES(1,'2026-02-02',925,2926,925,480);
INSERT INTO "weeks" VALUES(2,'2026-01-05',90,2922,90,600);
INSERT INTO "weeks" VALUES(3,'2026-02-02',40,2926,40,600);
INSERT INTO "weeks" VALUES(4,'2026-01-05',5400,2922,5400,600);
INSERT INTO "weeks" VALUES(4,'2026-01-12',660,2923,660,600);
INSERT INTO "weeks" VALUES(4,'2026-01-19',720,2924,720,600);
INSERT INTO "weeks" VALUES(4,'2026-02-02',35,2926,35,600);
INSERT INTO "weeks" VALUES(5,'2026-01-05',120,2922,120,600);
INSERT INTO "weeks" VALUES(5,'2026-01-12',360,2923,360,600);
INSERT INTO "weeks" VALUES(5,'2026-01-19',420,2924,420,600);
INSERT INTO "weeks" VALUES(5,'2026-01-26',480,2925,480,600);
INSERT INTO "weeks" VALUES(5,'2026-02-02',240,2926,240,600);
INSERT INTO "weeks" VALUES(6,'2026-01-12',180,2923,180,600);
INSERT INTO "weeks" VALUES(6,'2026-01-19',240,2924,240,600);
INSERT INTO "weeks" VALUES(6,'2026-01-26',300,2925,300,600);
INSERT INTO "weeks" VALUES(7,'2026-01-19',180,2924,180,600);
INSERT INTO "weeks" VALUES(8,'2026-01-19',180,2924,180,600);
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
INSERT INTO "zones" VALUES(5,4,'UTC',NULL,1767603600000);
INSERT INTO "zones" VALUES(6,5,'America/New_York',NULL,1767603600000);
INSERT INTO "zones" VALUES(7,6,'Asia/Kolkata',NULL,1767603600000);
INSERT INTO "zones" VALUES(8,7,'UTC',NULL,1767603600000);
INSERT INTO "zones" VALUES(9,8,'UTC',NULL,1767603600000);
INSERT INTO "zones" VALUES(10,9,'UTC',NULL,1767603600000);
CREATE INDEX checkins_by_area ON checkins (person_id, area, day) WHERE area IS NOT NULL;
CREATE INDEX checkins_by_focus ON checkins (focus_id) WHERE focus_id IS NOT NULL;
CREATE INDEX checkins_in_journal ON checkins (person_id, day, number) WHERE learned IS NOT NULL AND undone_at IS NULL;
CREATE INDEX checkins_shared ON checkins (group_id, day) WHERE is_shared;
CREATE UNIQUE INDEX focuses_open ON focuses (person_id) WHERE ended_at IS NULL;
CREATE INDEX goals_by_person ON goals (person_id, id);
CREATE INDEX identities_by_person ON identities (person_id);
CREATE INDEX imports_by_checkin ON imports (checkin_id);
CREATE INDEX members_by_person ON members (person_id);
CREATE INDEX outbox_by_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_dropped ON outbox (settled_at) WHERE state = 'dropped';
CREATE INDEX outbox_waiting ON outbox (platform, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX pauses_by_person ON pauses (person_id, until_day);
CREATE INDEX people_by_closing ON people (closes_at);
CREATE INDEX schedules_by_due ON schedules (due_at, kind, group_id, person_id);
CREATE INDEX schedules_by_group ON schedules (group_id);
CREATE INDEX skipped_by_time ON skipped (skipped_at);
CREATE INDEX zones_by_person ON zones (person_id, id);
COMMIT;
