-- A journal as the first version wrote it; never to be changed.
BEGIN TRANSACTION;
CREATE TABLE alerts (
	alert_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	case_number INTEGER NOT NULL,
	tier INTEGER NOT NULL,
	band INTEGER NOT NULL,
	reason TEXT NOT NULL,
	raised_at VARCHAR NOT NULL,
	asked_at VARCHAR NOT NULL,
	channels TEXT NOT NULL,
	repeat INTEGER NOT NULL,
	FOREIGN KEY(case_number) REFERENCES cases (number) ON DELETE CASCADE
);
INSERT INTO "alerts" VALUES(1,1,3,1,'new','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','["sound"]',0);
CREATE TABLE cases (
	number INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	shop TEXT NOT NULL,
	queue TEXT NOT NULL,
	case_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	stage TEXT NOT NULL,
	respond_by VARCHAR,
	sighting TEXT NOT NULL,
	first_seen_at VARCHAR NOT NULL,
	last_seen_at VARCHAR NOT NULL,
	asked_at VARCHAR NOT NULL,
	tier INTEGER NOT NULL,
	topics TEXT NOT NULL,
	mood TEXT NOT NULL,
	missed INTEGER NOT NULL,
	resolved_at VARCHAR,
	acknowledged_tier INTEGER,
	acknowledged_band INTEGER,
	acknowledged_at VARCHAR,
	snoozed_at VARCHAR,
	snoozed_until VARCHAR,
	starred BOOLEAN NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (number),
	UNIQUE (shop, queue, case_id)
);
INSERT INTO "cases" VALUES(1,2,'xiangyang','aftersale','7301','refund_only','merchant','2026-05-01T13:00:00.000000+00:00','{"key":{"shop":"xiangyang","queue":"aftersale","case_id":"7301"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":"2026-05-01T13:00:00Z","slack":"PT1M","consequence":"","raw_deadline":"","order_id":"","reason":"收到就坏了","product":"","buyer":"","amount":1990,"unread":0,"tags":["急"],"url":"","opened_at":null}','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00',1,'','plain',0,NULL,NULL,NULL,NULL,NULL,NULL,0,'');
CREATE TABLE channels (
	channel TEXT NOT NULL,
	delivered_at VARCHAR,
	error TEXT NOT NULL,
	PRIMARY KEY (channel)
);
CREATE TABLE counters (
	only INTEGER NOT NULL CHECK (only = 1),
	revision INTEGER NOT NULL,
	forgotten INTEGER NOT NULL,
	last_number INTEGER NOT NULL,
	PRIMARY KEY (only)
);
INSERT INTO "counters" VALUES(1,2,0,1);
CREATE TABLE deliveries (
	delivery_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	alert_id INTEGER NOT NULL,
	channel TEXT NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	next_try_at VARCHAR,
	error TEXT NOT NULL,
	delivered_at VARCHAR,
	UNIQUE (alert_id, channel),
	FOREIGN KEY(alert_id) REFERENCES alerts (alert_id) ON DELETE CASCADE
);
INSERT INTO "deliveries" VALUES(1,1,'sound','pending',0,NULL,'',NULL);
CREATE TABLE health (
	shop TEXT NOT NULL,
	queue TEXT NOT NULL,
	title TEXT NOT NULL,
	confirmed_at VARCHAR,
	pending INTEGER,
	read_at VARCHAR,
	outcome TEXT,
	gate TEXT NOT NULL,
	detail TEXT NOT NULL,
	failures INTEGER NOT NULL,
	PRIMARY KEY (shop, queue)
);
CREATE TABLE history (
	entry_id INTEGER NOT NULL,
	case_number INTEGER NOT NULL,
	at VARCHAR NOT NULL,
	act TEXT NOT NULL,
	sighting TEXT,
	tier INTEGER,
	band INTEGER,
	until VARCHAR,
	note TEXT NOT NULL,
	PRIMARY KEY (entry_id),
	FOREIGN KEY(case_number) REFERENCES cases (number) ON DELETE CASCADE
);
INSERT INTO "history" VALUES(1,1,'2026-05-01T12:00:00.000000+00:00','opened','{"key":{"shop":"xiangyang","queue":"aftersale","case_id":"7301"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":"2026-05-01T13:00:00Z","slack":"PT1M","consequence":"","raw_deadline":"","order_id":"","reason":"收到就坏了","product":"","buyer":"","amount":1990,"unread":0,"tags":["急"],"url":"","opened_at":null}',1,NULL,NULL,'');
CREATE INDEX cases_by_revision ON cases (revision);
CREATE INDEX cases_by_platform_number ON cases (case_id);
CREATE INDEX cases_by_end ON cases (resolved_at);
CREATE INDEX ix_history_case_number ON history (case_number);
CREATE INDEX ix_alerts_case_number ON alerts (case_number);
CREATE INDEX deliveries_pending ON deliveries (delivery_id) WHERE state = 'pending';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('alerts',1);
INSERT INTO "sqlite_sequence" VALUES('deliveries',1);
COMMIT;
PRAGMA user_version = 1;
