-- A journal as version 4 wrote it; never to be changed.
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
	level INTEGER DEFAULT 0 NOT NULL,
	people TEXT DEFAULT '[]' NOT NULL,
	since VARCHAR,
	FOREIGN KEY(case_number) REFERENCES cases (number) ON DELETE CASCADE
);
INSERT INTO "alerts" VALUES(1,1,3,0,'new','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','["sound", "desktop"]',0,0,'[]',NULL);
INSERT INTO "alerts" VALUES(2,1,3,0,'repeat','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','["sound", "desktop"]',2,0,'[]',NULL);
INSERT INTO "alerts" VALUES(3,5,2,4,'new','2026-05-01T12:00:00.000000+00:00','2026-05-01T13:00:00.000000+00:00','["sound", "desktop"]',0,0,'[]',NULL);
INSERT INTO "alerts" VALUES(4,9,3,0,'escalated','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','["sound"]',0,2,'["\u738b\u59d0", "\u674e\u54e5"]','2026-05-01T11:00:00.000000+00:00');
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
	keywords TEXT DEFAULT '[]' NOT NULL,
	PRIMARY KEY (number),
	UNIQUE (shop, queue, case_id)
);
INSERT INTO "cases" VALUES(1,10,'shanque','aftersale','7001','refund_only','merchant','2026-05-01T13:00:00.000000+00:00','{"key":{"shop":"shanque","queue":"aftersale","case_id":"7001"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":"2026-05-01T13:00:00Z","slack":"PT1M","consequence":"自动退款","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":["急"],"url":"https://shop.example/aftersale/7001","opened_at":null}','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00',3,'','plain',0,NULL,3,2,'2026-05-01T12:01:00.000000+00:00',NULL,NULL,1,'等仓库','[]');
INSERT INTO "cases" VALUES(2,8,'shanque','aftersale','7002','dispute','merchant',NULL,'{"key":{"shop":"shanque","queue":"aftersale","case_id":"7002"},"kind":"dispute","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"剩 3 小时","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00',3,'','plain',1,NULL,NULL,NULL,NULL,'2026-05-01T12:01:00.000000+00:00','2026-05-01T14:00:00.000000+00:00',0,'','[]');
INSERT INTO "cases" VALUES(3,1,'shanque','aftersale','7003','refund_only','waiting',NULL,'{"key":{"shop":"shanque","queue":"aftersale","case_id":"7003"},"kind":"refund_only","status":"待商家处理","stage":"waiting","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":2,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":"2026-05-01T11:00:00Z"}','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00',3,'','plain',0,NULL,NULL,NULL,NULL,NULL,NULL,0,'','[]');
INSERT INTO "cases" VALUES(4,5,'shanque','aftersale','7004','refund_only','merchant',NULL,'{"key":{"shop":"shanque","queue":"aftersale","case_id":"7004"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}','2026-05-01T12:00:00.000000+00:00','2026-05-01T13:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00',3,'quality','angry',0,'2026-05-01T13:00:00.000000+00:00',NULL,NULL,NULL,NULL,NULL,0,'','[]');
INSERT INTO "cases" VALUES(5,11,'shanque','aftersale','7005','refund_only','merchant',NULL,'{"key":{"shop":"shanque","queue":"aftersale","case_id":"7005"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"破了''; DROP TABLE cases; --\n😀","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}','2026-05-01T12:00:00.000000+00:00','2026-05-01T13:00:00.000000+00:00','2026-05-01T13:00:00.000000+00:00',3,'','plain',0,NULL,NULL,NULL,NULL,NULL,NULL,0,'','[]');
INSERT INTO "cases" VALUES(6,2,'mudan','chats','买家 1','conversation','merchant',NULL,'{"key":{"shop":"mudan","queue":"chats","case_id":"买家 1"},"kind":"conversation","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00',2,'','plain',0,NULL,NULL,NULL,NULL,NULL,NULL,0,'','[]');
INSERT INTO "cases" VALUES(7,2,'mudan','outage','outage','outage','merchant',NULL,'{"key":{"shop":"mudan","queue":"outage","case_id":"outage"},"kind":"outage","status":"signed_out","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":["kicked"],"url":"https://shop.example/aftersale/7001","opened_at":null}','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00',2,'','plain',0,NULL,NULL,NULL,NULL,NULL,NULL,0,'','[]');
INSERT INTO "cases" VALUES(8,6,'@computer','outage','outage','outage','merchant',NULL,'{"key":{"shop":"@computer","queue":"outage","case_id":"outage"},"kind":"outage","status":"signed_out","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":["kicked"],"url":"https://shop.example/aftersale/7001","opened_at":null}','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:01:00.000000+00:00','2026-05-01T12:00:00.000000+00:00',2,'','plain',0,'2026-05-01T12:01:00.000000+00:00',NULL,NULL,NULL,NULL,NULL,0,'','[]');
INSERT INTO "cases" VALUES(9,20,'shanque','aftersale','7006','refund_only','merchant',NULL,'{"key":{"shop":"shanque","queue":"aftersale","case_id":"7006"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"过敏了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00',3,'','plain',0,NULL,NULL,NULL,NULL,NULL,NULL,0,'','["a \"b\", c", "\u8fc7\u654f"]');
CREATE TABLE channels (
	channel TEXT NOT NULL,
	delivered_at VARCHAR,
	error TEXT NOT NULL,
	PRIMARY KEY (channel)
);
INSERT INTO "channels" VALUES('sound','2026-05-01T12:01:00.000000+00:00','');
INSERT INTO "channels" VALUES('desktop',NULL,'没有通知服务');
CREATE TABLE counters (
	only INTEGER NOT NULL CHECK (only = 1),
	revision INTEGER NOT NULL,
	forgotten INTEGER NOT NULL,
	last_number INTEGER NOT NULL,
	PRIMARY KEY (only)
);
INSERT INTO "counters" VALUES(1,24,0,9);
CREATE TABLE coverage (
	span_id INTEGER NOT NULL,
	shop TEXT NOT NULL,
	queue TEXT NOT NULL,
	begun_at VARCHAR NOT NULL,
	ended_at VARCHAR NOT NULL,
	why TEXT NOT NULL,
	PRIMARY KEY (span_id)
);
INSERT INTO "coverage" VALUES(1,'mudan','chats','2026-04-30T12:00:00.000000+00:00','2026-05-01T13:00:00.000000+00:00','paused');
INSERT INTO "coverage" VALUES(2,'shanque','aftersale','2026-04-30T12:00:00.000000+00:00','2026-05-01T12:00:00.000000+00:00','paused');
INSERT INTO "coverage" VALUES(3,'shanque','aftersale','2026-05-01T12:00:00.000000+00:00','2026-05-01T12:01:00.000000+00:00','covered');
INSERT INTO "coverage" VALUES(4,'shanque','aftersale','2026-05-01T12:01:00.000000+00:00','2026-05-01T12:07:00.000000+00:00','signed_out');
INSERT INTO "coverage" VALUES(5,'shanque','aftersale','2026-05-01T12:07:00.000000+00:00','2026-05-01T12:07:00.000000+00:00','covered');
INSERT INTO "coverage" VALUES(6,'shanque','aftersale','2026-05-01T12:07:00.000000+00:00','2026-05-01T13:00:00.000000+00:00','unread');
INSERT INTO "coverage" VALUES(7,'shanque','aftersale','2026-05-01T13:00:00.000000+00:00','2026-05-01T14:00:00.000000+00:00','asleep');
INSERT INTO "coverage" VALUES(8,'mudan','chats','2026-05-01T13:00:00.000000+00:00','2026-05-01T14:00:00.000000+00:00','asleep');
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
INSERT INTO "deliveries" VALUES(1,1,'sound','delivered',1,NULL,'','2026-05-01T12:01:00.000000+00:00');
INSERT INTO "deliveries" VALUES(2,1,'desktop','failed',100,NULL,'没有通知服务',NULL);
INSERT INTO "deliveries" VALUES(3,2,'sound','pending',2,'2026-05-01T12:01:00.000000+00:00','扬声器忙',NULL);
INSERT INTO "deliveries" VALUES(4,2,'desktop','withdrawn',0,NULL,'',NULL);
INSERT INTO "deliveries" VALUES(5,3,'sound','delivered',2,NULL,'','2026-05-01T12:01:00.000000+00:00');
INSERT INTO "deliveries" VALUES(6,3,'desktop','pending',0,NULL,'',NULL);
INSERT INTO "deliveries" VALUES(7,4,'sound','pending',0,NULL,'',NULL);
CREATE TABLE drills (
	at VARCHAR NOT NULL,
	ended TEXT NOT NULL,
	said TEXT NOT NULL,
	due TEXT NOT NULL,
	PRIMARY KEY (at)
);
INSERT INTO "drills" VALUES('2026-04-30T12:00:00.000000+00:00','passed','','');
INSERT INTO "drills" VALUES('2026-05-01T12:00:00.000000+00:00','failed','群：没有回音','2026-05-01');
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
INSERT INTO "health" VALUES('shanque','aftersale','售后','2026-05-01T12:00:00.000000+00:00',4,'2026-05-01T12:00:00.000000+00:00','rows','','',0);
INSERT INTO "health" VALUES('mudan','chats','会话',NULL,NULL,'2026-05-01T12:00:00.000000+00:00','signed_out','kicked','账号在别处登录',3);
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
INSERT INTO "history" VALUES(1,1,'2026-05-01T12:00:00.000000+00:00','opened','{"key":{"shop":"shanque","queue":"aftersale","case_id":"7001"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":"2026-05-01T13:00:00Z","slack":"PT1M","consequence":"自动退款","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":["急"],"url":"https://shop.example/aftersale/7001","opened_at":null}',3,NULL,NULL,'');
INSERT INTO "history" VALUES(2,2,'2026-05-01T12:00:00.000000+00:00','opened','{"key":{"shop":"shanque","queue":"aftersale","case_id":"7002"},"kind":"dispute","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"剩 3 小时","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}',3,NULL,NULL,'');
INSERT INTO "history" VALUES(3,3,'2026-05-01T12:00:00.000000+00:00','opened','{"key":{"shop":"shanque","queue":"aftersale","case_id":"7003"},"kind":"refund_only","status":"待商家处理","stage":"waiting","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":2,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":"2026-05-01T11:00:00Z"}',3,NULL,NULL,'');
INSERT INTO "history" VALUES(4,4,'2026-05-01T12:00:00.000000+00:00','opened','{"key":{"shop":"shanque","queue":"aftersale","case_id":"7004"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}',3,NULL,NULL,'');
INSERT INTO "history" VALUES(5,5,'2026-05-01T12:00:00.000000+00:00','opened','{"key":{"shop":"shanque","queue":"aftersale","case_id":"7005"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"破了''; DROP TABLE cases; --\n😀","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}',3,NULL,NULL,'');
INSERT INTO "history" VALUES(6,6,'2026-05-01T12:00:00.000000+00:00','opened','{"key":{"shop":"mudan","queue":"chats","case_id":"买家 1"},"kind":"conversation","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}',2,NULL,NULL,'');
INSERT INTO "history" VALUES(7,7,'2026-05-01T12:00:00.000000+00:00','opened','{"key":{"shop":"mudan","queue":"outage","case_id":"outage"},"kind":"outage","status":"signed_out","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":["kicked"],"url":"https://shop.example/aftersale/7001","opened_at":null}',2,NULL,NULL,'');
INSERT INTO "history" VALUES(8,8,'2026-05-01T12:00:00.000000+00:00','opened','{"key":{"shop":"@computer","queue":"outage","case_id":"outage"},"kind":"outage","status":"signed_out","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":["kicked"],"url":"https://shop.example/aftersale/7001","opened_at":null}',2,NULL,NULL,'');
INSERT INTO "history" VALUES(9,5,'2026-05-01T13:00:00.000000+00:00','updated','{"key":{"shop":"shanque","queue":"aftersale","case_id":"7005"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"破了''; DROP TABLE cases; --\n😀","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}',3,NULL,NULL,'');
INSERT INTO "history" VALUES(10,4,'2026-05-01T13:00:00.000000+00:00','resolved','{"key":{"shop":"shanque","queue":"aftersale","case_id":"7004"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}',3,NULL,NULL,'');
INSERT INTO "history" VALUES(11,8,'2026-05-01T12:01:00.000000+00:00','resolved','{"key":{"shop":"@computer","queue":"outage","case_id":"outage"},"kind":"outage","status":"signed_out","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"拍多了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":["kicked"],"url":"https://shop.example/aftersale/7001","opened_at":null}',2,NULL,NULL,'');
INSERT INTO "history" VALUES(12,1,'2026-05-01T12:01:00.000000+00:00','acknowledged',NULL,3,2,NULL,'');
INSERT INTO "history" VALUES(13,1,'2026-05-01T12:01:00.000000+00:00','starred',NULL,NULL,NULL,NULL,'');
INSERT INTO "history" VALUES(14,1,'2026-05-01T12:01:00.000000+00:00','noted',NULL,NULL,NULL,NULL,'等仓库');
INSERT INTO "history" VALUES(15,2,'2026-05-01T12:01:00.000000+00:00','snoozed',NULL,NULL,NULL,'2026-05-01T14:00:00.000000+00:00','');
INSERT INTO "history" VALUES(16,9,'2026-05-01T12:00:00.000000+00:00','opened','{"key":{"shop":"shanque","queue":"aftersale","case_id":"7006"},"kind":"refund_only","status":"待商家处理","stage":"merchant","respond_by":null,"slack":"PT0S","consequence":"","raw_deadline":"","order_id":"6920001","reason":"过敏了","product":"帆布包","buyer":"木**","amount":12900,"unread":0,"tags":[],"url":"https://shop.example/aftersale/7001","opened_at":null}',3,NULL,NULL,'');
CREATE TABLE mutes (
	shop TEXT NOT NULL,
	since VARCHAR NOT NULL,
	until VARCHAR NOT NULL,
	whole BOOLEAN NOT NULL,
	PRIMARY KEY (shop)
);
INSERT INTO "mutes" VALUES('*','2026-05-01T12:00:00.000000+00:00','2026-05-01T13:00:00.000000+00:00',0);
INSERT INTO "mutes" VALUES('mudan','2026-05-01T11:00:00.000000+00:00','2026-05-02T12:00:00.000000+00:00',1);
CREATE TABLE pauses (
	shop TEXT NOT NULL,
	since VARCHAR NOT NULL,
	until VARCHAR,
	PRIMARY KEY (shop)
);
INSERT INTO "pauses" VALUES('*','2026-04-30T12:00:00.000000+00:00','2026-04-30T13:00:00.000000+00:00');
INSERT INTO "pauses" VALUES('mudan','2026-05-01T13:00:00.000000+00:00',NULL);
CREATE INDEX cases_by_end ON cases (resolved_at);
CREATE INDEX cases_by_platform_number ON cases (case_id);
CREATE INDEX cases_by_revision ON cases (revision);
CREATE INDEX coverage_by_end ON coverage (ended_at);
CREATE INDEX coverage_by_queue ON coverage (shop, queue, ended_at);
CREATE INDEX ix_alerts_case_number ON alerts (case_number);
CREATE INDEX ix_history_case_number ON history (case_number);
CREATE INDEX deliveries_pending ON deliveries (delivery_id) WHERE state = 'pending';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('alerts',4);
INSERT INTO "sqlite_sequence" VALUES('deliveries',7);
COMMIT;
PRAGMA user_version = 4;
