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
INSERT INTO "area_totals" VALUES(1,'Statistics',221);
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
INSERT INTO "checkins" VALUES(1,1,1,'2026-01-05',60,'Statistics','typed by hand','typed',0,1767571200000,NULL,1,NULL,0);
INSERT INTO "checkins" VALUES(2,1,2,'2025-03-03',90,'Statistics','bayes','import',0,1796048824184,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(3,1,3,'2025-03-03',26,'Statistics','bayes','import',0,1796048824184,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(4,1,4,'2025-03-04',120,NULL,'limits, and series','import',0,1796048824184,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(5,1,5,'2025-03-05',20,NULL,NULL,'import',0,1796048824184,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(6,1,6,'2025-03-05',20,NULL,NULL,'import',0,1796048824184,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(7,1,7,'2025-03-05',20,NULL,NULL,'import',0,1796048824184,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(8,1,8,'2025-03-07',123,NULL,'what a "kernel" does','import',0,1796048824184,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(9,1,9,'2025-04-01',50,NULL,'sets','import',0,1796048824929,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(10,1,10,'2025-04-01',50,NULL,'sets','import',0,1796048824929,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(11,1,11,'2025-04-02',45,'Statistics',NULL,'import',0,1796048824929,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(12,1,12,'2025-04-03',30,NULL,'read','import',0,1796048824929,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(13,1,13,'2025-05-01',90,NULL,NULL,'import',0,1796048825329,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(14,1,14,'2025-05-01',30,NULL,NULL,'import',0,1796048825329,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(15,1,15,'2025-05-02',60,NULL,NULL,'import',0,1796048825329,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(16,1,16,'2025-06-01',60,NULL,'late','import',0,1796048825699,NULL,NULL,NULL,0);
INSERT INTO "checkins" VALUES(17,1,17,'2025-06-02',90,NULL,'morning','import',0,1796048825699,NULL,NULL,NULL,0);
CREATE TABLE day_totals (
	person_id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	imported INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (person_id, day), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "day_totals" VALUES(1,'2025-03-03',0,116);
INSERT INTO "day_totals" VALUES(1,'2025-03-04',0,120);
INSERT INTO "day_totals" VALUES(1,'2025-03-05',0,60);
INSERT INTO "day_totals" VALUES(1,'2025-03-07',0,123);
INSERT INTO "day_totals" VALUES(1,'2025-04-01',0,100);
INSERT INTO "day_totals" VALUES(1,'2025-04-02',0,45);
INSERT INTO "day_totals" VALUES(1,'2025-04-03',0,30);
INSERT INTO "day_totals" VALUES(1,'2025-05-01',0,120);
INSERT INTO "day_totals" VALUES(1,'2025-05-02',0,60);
INSERT INTO "day_totals" VALUES(1,'2025-06-01',0,60);
INSERT INTO "day_totals" VALUES(1,'2025-06-02',0,90);
INSERT INTO "day_totals" VALUES(1,'2026-01-05',60,0);
CREATE TABLE drafts (
	id INTEGER NOT NULL, 
	command TEXT NOT NULL, 
	options TEXT NOT NULL, 
	made_at BIGINT NOT NULL, person_id INTEGER, 
	PRIMARY KEY (id)
);
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
CREATE TABLE freezes (
	person_id INTEGER NOT NULL, 
	week TEXT NOT NULL, 
	is_told BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (person_id, week), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE goals (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	from_week TEXT, 
	minutes INTEGER NOT NULL, 
	set_at BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "goals" VALUES(1,1,NULL,600,1767571200000);
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
INSERT INTO "groups" VALUES(1,'console','','console','console','Asia/Tokyo',600,'each',NULL,1767571200000);
CREATE TABLE identities (
	platform TEXT NOT NULL, 
	team TEXT NOT NULL, 
	user TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (platform, team, user), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "identities" VALUES('console','','ada',1);
CREATE TABLE imports (
	person_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	checkin_id INTEGER NOT NULL, 
	PRIMARY KEY (person_id, "key"), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(checkin_id) REFERENCES checkins (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "imports" VALUES(1,'5ac473b659f70fb08cfb9bc16f99c272',2);
INSERT INTO "imports" VALUES(1,'f7bcc5ee1c53dbf81aa1f1f3f38a8522',3);
INSERT INTO "imports" VALUES(1,'65e12e498c36220d9f4bd02d74e42e15',4);
INSERT INTO "imports" VALUES(1,'165946e05993d815e8e28ece584d2b6d',5);
INSERT INTO "imports" VALUES(1,'04126e48a5015d5321445a35eb35b1fb',6);
INSERT INTO "imports" VALUES(1,'0676df117612c892161c10872d37d9a6',7);
INSERT INTO "imports" VALUES(1,'11890ade3def19e2512737a06257067f',8);
INSERT INTO "imports" VALUES(1,'67d70e05343b932e0643b528b5ba5f0a',9);
INSERT INTO "imports" VALUES(1,'4e2b7d46f367eb51815439ea91f0d5f7',10);
INSERT INTO "imports" VALUES(1,'ff5edb525dd467d6f0e80e965a9b731c',11);
INSERT INTO "imports" VALUES(1,'a3fe0de7160387691f0c296f4126bd69',12);
INSERT INTO "imports" VALUES(1,'469f6c2a899ce786e4bc0bb1608d5d10',13);
INSERT INTO "imports" VALUES(1,'ac7c3ebd17972a138875bdfb5cd12a5e',14);
INSERT INTO "imports" VALUES(1,'72bd107bf1b485306374be8fcbede91e',15);
INSERT INTO "imports" VALUES(1,'5afcacfddf0f08f5cd77f3b3eccf80d1',16);
INSERT INTO "imports" VALUES(1,'3264f041a9d42d102345e1bbdadf98b8',17);
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
CREATE VIRTUAL TABLE journal USING fts5(who, words, tokenize = 'ascii', prefix = '2 3');
INSERT INTO "journal" (rowid, who, words) VALUES(1,'p1','typed by hand');
INSERT INTO "journal" (rowid, who, words) VALUES(2,'p1','bayes');
INSERT INTO "journal" (rowid, who, words) VALUES(3,'p1','bayes');
INSERT INTO "journal" (rowid, who, words) VALUES(4,'p1','limits and series');
INSERT INTO "journal" (rowid, who, words) VALUES(8,'p1','what a kernel does');
INSERT INTO "journal" (rowid, who, words) VALUES(9,'p1','sets');
INSERT INTO "journal" (rowid, who, words) VALUES(10,'p1','sets');
INSERT INTO "journal" (rowid, who, words) VALUES(12,'p1','read');
INSERT INTO "journal" (rowid, who, words) VALUES(16,'p1','late');
INSERT INTO "journal" (rowid, who, words) VALUES(17,'p1','morning');
CREATE TABLE leases (
	name TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	until BIGINT NOT NULL, 
	PRIMARY KEY (name)
);
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
INSERT INTO "members" VALUES(1,1,1767571200000,2922,NULL,0);
CREATE TABLE memory (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	kept_at BIGINT NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE milestones (
	person_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	reached_at BIGINT NOT NULL, is_greeted BOOLEAN DEFAULT 1 NOT NULL, 
	PRIMARY KEY (person_id, kind, value), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE organisers (
	group_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (group_id, person_id), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "organisers" VALUES(1,1);
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
INSERT INTO "outbox" VALUES('line/1/1/2026-01-05T00:00:00',1,NULL,'console','{"platform":"console","team":"","channel":"console","user":null,"name":"console"}','{"title":"","blocks":[{"type":"line","text":[{"type":"bold","text":"ada"}," · 1 h"," · Statistics"," · typed by hand"," · 1 h this week"]}],"tone":"neutral"}',NULL,'sent',1767571200000,1767614400000,NULL,1,'{"channel":"console","id":"331788adaf86405294a5641516ea71b5/3"}',NULL,1767571200000);
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
INSERT INTO "people" VALUES(1,'ada','Asia/Tokyo','own',NULL,'2026-01-05',1767571200000,17,984,1767571200000,NULL,NULL,0,'',0,1768316400000,0);
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
CREATE TABLE requests (
	id TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	made_at BIGINT NOT NULL, person_id INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "requests" VALUES('console:setup:group','{"type":"reply","card":{"title":"console has begun","blocks":[{"type":"line","text":["Study your goal (ten hours unless you set another) from Monday to Sunday and log it by Tuesday night: ","the week is kept and your streak grows. ","A short week sets it back to zero, unless you were away for four days or more, or hold a freeze: ","you start with one and earn one by each four weeks of streak."]},{"type":"line","text":["What happens next: ",{"type":"bold","text":"join"},", then ",{"type":"code","text":"/checkin 45m"}," whenever you have studied."]},{"type":"line","text":[{"type":"bold","text":"Last call"},": ","Sun 15:00, next ",{"type":"moment","at":"2026-01-11T06:00:00Z","zone":"Asia/Tokyo"}]},{"type":"line","text":[{"type":"bold","text":"Results"},": ","Mon 09:00, next ",{"type":"moment","at":"2026-01-12T00:00:00Z","zone":"Asia/Tokyo"}]},{"type":"note","text":["ada is the organiser: ",{"type":"code","text":"/group settings"}," changes all of this."]},{"type":"actions","buttons":[{"label":"Join","command":"group join","options":{},"style":"primary","opens_form":false},{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true}]}],"tone":"proud"},"audience":"public","in_place":false,"is_wrong":false,"attachment":null}',1767571200000,1);
INSERT INTO "requests" VALUES('console:331788adaf86405294a5641516ea71b5:2','{"type":"reply","card":{"title":"You are in: console","blocks":[{"type":"line","text":["Study your goal (ten hours unless you set another) from Monday to Sunday and log it by Tuesday night: ","the week is kept and your streak grows. ","A short week sets it back to zero, unless you were away for four days or more, or hold a freeze: ","you start with one and earn one by each four weeks of streak."]},{"type":"line","text":["Log with ",{"type":"code","text":"/checkin 45m"},"; your goal is 10 h a week, and ",{"type":"code","text":"/goal"}," changes it."]},{"type":"note","text":["Nobody is reminded unless they ask for it."]},{"type":"note","text":["Is it worth it to you? Only you see what you answer, and a fresh start quotes it back."]},{"type":"actions","buttons":[{"label":"Check in","command":"checkin","options":{},"style":"primary","opens_form":true},{"label":"Remind me privately","command":"reminders","options":{"how":"direct"},"style":"plain","opens_form":false},{"label":"Say why","command":"why","options":{},"style":"plain","opens_form":true}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1767571200000,1);
INSERT INTO "requests" VALUES('console:331788adaf86405294a5641516ea71b5:1','{"type":"reply","card":{"title":"","blocks":[{"type":"line","text":["Your days follow ",{"type":"bold","text":"Asia/Tokyo"},", where it is Mon 09:00 now."]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1767571200000,1);
INSERT INTO "requests" VALUES('console:331788adaf86405294a5641516ea71b5:3','{"type":"reply","card":{"title":"Checked in","blocks":[{"type":"line","text":[{"type":"bold","text":"1 h"}," of Statistics logged."]},{"type":"bar","done":60,"goal":600,"text":"1 h of 10 h"},{"type":"line","text":["9 h to go: 1 h 18 a day for 7 days."]},{"type":"facts","facts":[{"label":"Streak","value":["no streak yet"]},{"label":"Weeks","value":["0 kept so far"]}]},{"type":"actions","buttons":[{"label":"Undo","command":"undo","options":{"checkin":"1"},"style":"plain","opens_form":false},{"label":"Edit","command":"edit","options":{"checkin":"1"},"style":"plain","opens_form":true}]},{"type":"actions","buttons":[{"label":"Share this with the group","command":"share","options":{"checkin":"1"},"style":"plain","opens_form":false}]}],"tone":"good"},"audience":"private","in_place":false,"is_wrong":false,"attachment":null}',1767571200000,1);
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
INSERT INTO "schedules" VALUES(1,'results',1,NULL,'mon 09:00','',1,1768176000000,'2026-01-05');
INSERT INTO "schedules" VALUES(2,'groupcall',1,NULL,'sun 15:00','',1,1768111200000,NULL);
CREATE TABLE skipped (
	"key" TEXT NOT NULL, 
	group_id INTEGER, 
	reason TEXT NOT NULL, 
	due_at BIGINT NOT NULL, 
	skipped_at BIGINT NOT NULL, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE
);
CREATE TABLE timers (
	person_id INTEGER NOT NULL, 
	started_at BIGINT NOT NULL, 
	area TEXT, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
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
INSERT INTO "weeks" VALUES(1,'2026-01-05',60,2922,60,600);
CREATE TABLE zones (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	zone TEXT NOT NULL, 
	closing_from TEXT, 
	set_at BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "zones" VALUES(1,1,'Asia/Tokyo',NULL,1767571200000);
CREATE INDEX people_by_closing ON people (closes_at);
CREATE INDEX identities_by_person ON identities (person_id);
CREATE INDEX goals_by_person ON goals (person_id, id);
CREATE INDEX zones_by_person ON zones (person_id, id);
CREATE INDEX pauses_by_person ON pauses (person_id, until_day);
CREATE INDEX schedules_by_group ON schedules (group_id);
CREATE INDEX skipped_by_time ON skipped (skipped_at);
CREATE UNIQUE INDEX focuses_open ON focuses (person_id) WHERE ended_at IS NULL;
CREATE INDEX checkins_in_journal ON checkins (person_id, day, number) WHERE learned IS NOT NULL AND undone_at IS NULL;
CREATE INDEX checkins_by_focus ON checkins (focus_id) WHERE focus_id IS NOT NULL;
CREATE INDEX checkins_shared ON checkins (group_id, day) WHERE is_shared;
CREATE INDEX schedules_by_due ON schedules (due_at, kind, group_id, person_id);
CREATE INDEX outbox_dropped ON outbox (settled_at) WHERE state = 'dropped';
CREATE INDEX checkins_by_area ON checkins (person_id, area, day) WHERE area IS NOT NULL;
CREATE INDEX outbox_by_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX members_by_person ON members (person_id);
CREATE INDEX imports_by_checkin ON imports (checkin_id);
CREATE INDEX outbox_waiting ON outbox (platform, next_at) WHERE next_at IS NOT NULL;
COMMIT;
