-- The schema at revision 0019, written by `make schema` from the migrations; not to be edited.

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
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
	freezes_told INTEGER DEFAULT '0' NOT NULL, away INTEGER DEFAULT '0' NOT NULL, recall_on TEXT, recall_refused_on TEXT, 
	PRIMARY KEY (id)
);

CREATE INDEX people_by_closing ON people (closes_at);

CREATE TABLE identities (
	platform TEXT NOT NULL, 
	team TEXT NOT NULL, 
	user TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (platform, team, user), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE INDEX identities_by_person ON identities (person_id);

CREATE TABLE goals (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	from_week TEXT, 
	minutes INTEGER NOT NULL, 
	set_at BIGINT NOT NULL, is_for_one_week BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE INDEX goals_by_person ON goals (person_id, id);

CREATE TABLE zones (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	zone TEXT NOT NULL, 
	closing_from TEXT, 
	set_at BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE INDEX zones_by_person ON zones (person_id, id);

CREATE TABLE pauses (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	from_day TEXT NOT NULL, 
	until_day TEXT NOT NULL, 
	reason TEXT, 
	created_at BIGINT NOT NULL, announced_until TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE INDEX pauses_by_person ON pauses (person_id, until_day);

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
	created_at BIGINT NOT NULL, digested_at BIGINT, ended_at BIGINT, 
	PRIMARY KEY (id), 
	UNIQUE (platform, team, channel)
);

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

CREATE TABLE organisers (
	group_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (group_id, person_id), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

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
	group_id INTEGER, focus_id INTEGER REFERENCES focuses(id) ON DELETE SET NULL, is_shared BOOLEAN DEFAULT 0 NOT NULL, counted_week TEXT, is_note_off BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (person_id, number), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE SET NULL
);

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

CREATE TABLE timers (
	person_id INTEGER NOT NULL, 
	started_at BIGINT NOT NULL, 
	area TEXT, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

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

CREATE INDEX schedules_by_group ON schedules (group_id);

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
	settled_at BIGINT, claimed_at BIGINT, looks INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE TABLE skipped (
	"key" TEXT NOT NULL, 
	group_id INTEGER, 
	reason TEXT NOT NULL, 
	due_at BIGINT NOT NULL, 
	skipped_at BIGINT NOT NULL, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE
);

CREATE INDEX skipped_by_time ON skipped (skipped_at);

CREATE TABLE leases (
	name TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	until BIGINT NOT NULL, boot TEXT DEFAULT '' NOT NULL, steady_until BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (name)
);

CREATE TABLE requests (
	id TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	made_at BIGINT NOT NULL, person_id INTEGER, 
	PRIMARY KEY (id)
);

CREATE TABLE drafts (
	id INTEGER NOT NULL, 
	command TEXT NOT NULL, 
	options TEXT NOT NULL, 
	made_at BIGINT NOT NULL, person_id INTEGER, group_id INTEGER, 
	PRIMARY KEY (id)
);

CREATE TABLE memory (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	kept_at BIGINT NOT NULL, 
	PRIMARY KEY ("key")
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

CREATE UNIQUE INDEX focuses_open ON focuses (person_id) WHERE ended_at IS NULL;

CREATE INDEX checkins_in_journal ON checkins (person_id, day, number) WHERE learned IS NOT NULL AND undone_at IS NULL;

CREATE INDEX checkins_by_focus ON checkins (focus_id) WHERE focus_id IS NOT NULL;

CREATE INDEX checkins_shared ON checkins (group_id, day) WHERE is_shared;

CREATE INDEX schedules_by_due ON schedules (due_at, kind, group_id, person_id);

CREATE INDEX outbox_dropped ON outbox (settled_at) WHERE state = 'dropped';

CREATE INDEX checkins_by_area ON checkins (person_id, area, day) WHERE area IS NOT NULL;

CREATE INDEX outbox_by_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE members (
	group_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	joined_at BIGINT NOT NULL, 
	first_week INTEGER NOT NULL, 
	left_at BIGINT, 
	is_hidden BOOLEAN DEFAULT 0 NOT NULL, name TEXT DEFAULT 'someone' NOT NULL, sort_key TEXT DEFAULT 'someone someone' NOT NULL, removed_at BIGINT, 
	PRIMARY KEY (group_id, person_id), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE INDEX members_by_person ON members (person_id);

CREATE TABLE day_totals (
	person_id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	imported INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (person_id, day), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE weeks (
	person_id INTEGER NOT NULL, 
	monday TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	counted INTEGER NOT NULL, 
	goal INTEGER NOT NULL, counted_sum INTEGER DEFAULT '0' NOT NULL, share_sum BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (person_id, monday), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE area_totals (
	person_id INTEGER NOT NULL, 
	area TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	PRIMARY KEY (person_id, area), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE freezes (
	person_id INTEGER NOT NULL, 
	week TEXT NOT NULL, 
	is_told BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (person_id, week), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE milestones (
	person_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	reached_at BIGINT NOT NULL, is_greeted BOOLEAN DEFAULT 1 NOT NULL, 
	PRIMARY KEY (person_id, kind, value), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE imports (
	person_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	checkin_id INTEGER NOT NULL, run_id BIGINT, day TEXT, minutes INTEGER, project TEXT, replaced_by BIGINT, 
	PRIMARY KEY (person_id, "key"), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(checkin_id) REFERENCES checkins (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE INDEX imports_by_checkin ON imports (checkin_id);

CREATE INDEX outbox_waiting ON outbox (platform, next_at) WHERE next_at IS NOT NULL;

CREATE TABLE uploads (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	content BLOB NOT NULL, 
	uploaded_at BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE INDEX uploads_by_person ON uploads (person_id);

CREATE TABLE names (
	person_id INTEGER NOT NULL, 
	platform TEXT NOT NULL, 
	team TEXT NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (person_id, platform, team), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE TABLE results_members (
	group_id INTEGER NOT NULL, 
	week TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	is_named BOOLEAN DEFAULT 0 NOT NULL, 
	is_quoted BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (group_id, week, person_id), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE TABLE group_notices (
	group_id INTEGER NOT NULL, 
	notice TEXT NOT NULL, 
	told_at BIGINT NOT NULL, 
	PRIMARY KEY (group_id, notice), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE TABLE import_runs (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	file TEXT NOT NULL, 
	source TEXT NOT NULL, 
	made_at BIGINT NOT NULL, 
	entries INTEGER NOT NULL, 
	minutes INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (person_id, number), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE VIRTUAL TABLE journal_words USING fts5(words, tokenize = 'ascii');

CREATE TABLE former_names (
	person_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	replaced_at BIGINT NOT NULL, 
	PRIMARY KEY (person_id, name), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE TABLE erasures (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	position TEXT NOT NULL, 
	traces TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	owed_since BIGINT NOT NULL, 
	slices INTEGER NOT NULL, 
	PRIMARY KEY (id)
);

CREATE INDEX organisers_by_person ON organisers (person_id);

CREATE INDEX intentions_by_person ON intentions (person_id);

CREATE INDEX results_members_by_person ON results_members (person_id);

CREATE INDEX drafts_by_person ON drafts (person_id);

CREATE TABLE "lines" (
	group_id INTEGER NOT NULL, 
	made_at BIGINT NOT NULL, 
	checkin_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	milestones TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (group_id, made_at, checkin_id), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE INDEX requests_by_person ON requests (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX outbox_by_person ON outbox (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX outbox_of_groups ON outbox (group_id) WHERE person_id IS NULL AND (key < 'line/' OR key >= 'line0');

CREATE INDEX drafts_of_groups ON drafts (group_id) WHERE person_id IS NULL;

CREATE TABLE partnerships (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	started_at BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE
);

CREATE INDEX partnerships_by_group ON partnerships (group_id);

CREATE TABLE partner_pairs (
	first_id INTEGER NOT NULL, 
	second_id INTEGER NOT NULL, 
	partnership_id BIGINT NOT NULL, 
	started_week TEXT NOT NULL, 
	ended_at BIGINT, 
	ending TEXT, 
	decided_week TEXT, 
	streak INTEGER DEFAULT '0' NOT NULL, 
	best INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (first_id, second_id), 
	FOREIGN KEY(first_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(second_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(partnership_id) REFERENCES partnerships (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE INDEX partner_pairs_by_second ON partner_pairs (second_id);

CREATE INDEX partner_pairs_by_partnership ON partner_pairs (partnership_id);

CREATE TABLE partner_settings (
	person_id INTEGER NOT NULL, 
	takes_invitations INTEGER DEFAULT '1' NOT NULL, 
	shows_days INTEGER DEFAULT '0' NOT NULL, 
	in_results INTEGER DEFAULT '0' NOT NULL, 
	waits_in INTEGER, 
	left_over INTEGER DEFAULT '0' NOT NULL, 
	is_active INTEGER DEFAULT '0' NOT NULL, 
	news TEXT, 
	news_about INTEGER, 
	news_in INTEGER, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(waits_in) REFERENCES groups (id) ON DELETE SET NULL, 
	FOREIGN KEY(news_about) REFERENCES people (id) ON DELETE SET NULL, 
	FOREIGN KEY(news_in) REFERENCES groups (id) ON DELETE SET NULL
);

CREATE INDEX partner_settings_by_waits_in ON partner_settings (waits_in);

CREATE INDEX partner_settings_by_news_about ON partner_settings (news_about);

CREATE INDEX partner_settings_by_news_in ON partner_settings (news_in);

CREATE TABLE partner_invitations (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	sender_id INTEGER NOT NULL, 
	invited_id INTEGER NOT NULL, 
	sent_at BIGINT NOT NULL, 
	state TEXT NOT NULL, 
	settled_at BIGINT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(sender_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(invited_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE INDEX partner_invitations_by_sender ON partner_invitations (sender_id);

CREATE INDEX partner_invitations_by_invited ON partner_invitations (invited_id);

CREATE TABLE partner_blocks (
	person_id INTEGER NOT NULL, 
	platform TEXT NOT NULL, 
	team TEXT NOT NULL, 
	user TEXT NOT NULL, 
	set_at BIGINT NOT NULL, 
	PRIMARY KEY (person_id, platform, team, user), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE TABLE partner_questions (
	person_id INTEGER NOT NULL, 
	week TEXT NOT NULL, 
	partnership_id BIGINT NOT NULL, 
	question TEXT NOT NULL, 
	is_told INTEGER DEFAULT '0' NOT NULL, 
	mark TEXT, 
	advice TEXT, 
	marked_at BIGINT, 
	PRIMARY KEY (person_id, week, partnership_id), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(partnership_id) REFERENCES partnerships (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE INDEX partner_questions_by_partnership ON partner_questions (partnership_id);

CREATE TABLE partner_notes (
	checkin_id BIGINT NOT NULL, 
	reader_id INTEGER NOT NULL, 
	shared_at BIGINT NOT NULL, 
	PRIMARY KEY (checkin_id, reader_id), 
	FOREIGN KEY(checkin_id) REFERENCES checkins (id) ON DELETE CASCADE, 
	FOREIGN KEY(reader_id) REFERENCES people (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE INDEX partner_notes_by_reader ON partner_notes (reader_id);

CREATE TABLE recalls (
	person_id INTEGER NOT NULL, 
	week TEXT NOT NULL, 
	source TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	since TEXT NOT NULL, 
	step INTEGER NOT NULL, 
	asked_on TEXT, 
	answered_on TEXT, 
	PRIMARY KEY (person_id, week), 
	UNIQUE (person_id, source, number), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE TABLE sign_in_links (
	token_hash TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	platform TEXT NOT NULL, 
	team TEXT NOT NULL, 
	user TEXT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	PRIMARY KEY (token_hash), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE INDEX ix_sign_in_links_person_id ON sign_in_links (person_id);

CREATE TABLE sessions (
	id INTEGER NOT NULL, 
	token_hash TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	platform TEXT NOT NULL, 
	team TEXT NOT NULL, 
	user TEXT NOT NULL, 
	device TEXT NOT NULL, 
	made_at BIGINT NOT NULL, 
	seen_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	is_long INTEGER NOT NULL, 
	outcome TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (token_hash), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE INDEX ix_sessions_person_id ON sessions (person_id);

CREATE TABLE feeds (
	person_id INTEGER NOT NULL, 
	token_hash TEXT NOT NULL, 
	made_at BIGINT NOT NULL, 
	PRIMARY KEY (person_id), 
	UNIQUE (token_hash), 
	FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);

INSERT INTO alembic_version (version_num) VALUES ('0019');
