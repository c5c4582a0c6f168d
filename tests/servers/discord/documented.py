"""What Discord documents of the calls that a bot makes, as far as this bot makes them.

Names that Discord knows and this bot has no use for are left out: sending one is a fault here too. Nothing may be null,
though Discord allows it in places, for a name that is left out says the same.
"""

from tests.servers.discord.schema import array, by, flag, one_of, record, snowflake, text, whole

EPHEMERAL, QUIET, V2 = 1 << 6, 1 << 12, 1 << 15
URL = text(2048, 1, pattern=r"(https?|attachment)://\S+")

# Messages

PRESSED = record(
    {"type": one_of(2), "style": one_of(1, 2, 3, 4), "custom_id": text(100, 1), "label": text(80, 1)},
    {"disabled": flag},
)
LINK = record(
    {"type": one_of(2), "style": one_of(5), "url": text(512, 1, pattern=r"https://\S+"), "label": text(80, 1)}
)
BUTTON = by({1: PRESSED, 2: PRESSED, 3: PRESSED, 4: PRESSED, 5: LINK}, "style")
PICK = record({"label": text(100, 1), "value": text(100, 1)}, {"description": text(100, 1), "default": flag})
MENU = record(
    {"type": one_of(3), "custom_id": text(100, 1), "options": array(PICK, 25, 1)},
    {"placeholder": text(150, 1), "min_values": whole(0, 25), "max_values": whole(1, 25), "disabled": flag},
)
ROW = record({"type": one_of(1), "components": array(by({2: BUTTON, 3: MENU}), 5, 1)})
TEXT_PART = record({"type": one_of(10), "content": text(4000, 1)})
MEDIA = record({"url": text(2048, 1, pattern=r"attachment://\S+")})
GALLERY = record(
    {"type": one_of(12), "items": array(record({"media": MEDIA}, {"description": text(1024, 1)}), 10, 1)},
)
FILE_PART = record({"type": one_of(13), "file": MEDIA})
PART = by({1: ROW, 10: TEXT_PART, 12: GALLERY, 13: FILE_PART})
EMBED = record(
    {},
    {
        "title": text(256, 1),
        "description": text(4096, 1),
        "url": URL,
        "color": whole(0, 0xFFFFFF),
        "image": record({"url": URL}),
        "footer": record({"text": text(2048, 1)}),
        "fields": array(record({"name": text(256, 1), "value": text(1024, 1)}, {"inline": flag}), 25),
    },
)
ALLOWED_MENTIONS = record(
    {},
    {
        "parse": array(one_of("users", "roles", "everyone"), 3, is_unique=True),
        "users": array(snowflake, 100, is_unique=True),
        "roles": array(snowflake, 100, is_unique=True),
        "replied_user": flag,
    },
)
ATTACHMENT = record({"id": snowflake}, {"filename": text(1024, 1), "description": text(1024, 1)})
CHANGED = {
    "content": text(2000),
    "embeds": array(EMBED, 10),
    "allowed_mentions": ALLOWED_MENTIONS,
    "components": array(PART, 40),
    "attachments": array(ATTACHMENT, 10),
}
EDIT = record({}, {**CHANGED, "flags": one_of(V2)})
ANSWER = record({}, {**CHANGED, "flags": one_of(EPHEMERAL, V2, EPHEMERAL | V2), "tts": flag})
POST = record({"nonce": text(25, 1), "enforce_nonce": one_of(True)}, {**CHANGED, "flags": one_of(QUIET)})
DIRECT = record({"recipient_id": snowflake})

# Forms

CUSTOM_ID = text(100, 1)
TEXT_INPUT = record(
    {"type": one_of(4), "custom_id": CUSTOM_ID, "style": one_of(1, 2)},
    {
        "required": flag,
        "min_length": whole(0, 4000),
        "max_length": whole(1, 4000),
        "value": text(4000),
        "placeholder": text(100, 1),
    },
)
SELECT = record(
    {"type": one_of(3), "custom_id": CUSTOM_ID, "options": array(PICK, 25, 1)},
    {"required": flag, "placeholder": text(150, 1), "min_values": whole(0, 25), "max_values": whole(1, 25)},
)
FILE_INPUT = record(
    {"type": one_of(19), "custom_id": CUSTOM_ID},
    {"required": flag, "min_values": whole(0, 10), "max_values": whole(1, 10)},
)
CHANNEL_TYPE = whole(0, 16)
CHANNEL_SELECT = record(
    {"type": one_of(8), "custom_id": CUSTOM_ID},
    {
        "required": flag,
        "channel_types": array(CHANNEL_TYPE, 13),
        "placeholder": text(150, 1),
        "default_values": array(record({"id": snowflake, "type": one_of("channel")}), 1),
        "min_values": whole(0, 25),
        "max_values": whole(1, 25),
    },
)
LABEL = record(
    {
        "type": one_of(18),
        "label": text(45, 1),
        "component": by({3: SELECT, 4: TEXT_INPUT, 8: CHANNEL_SELECT, 19: FILE_INPUT}),
    },
    {"description": text(100, 1)},
)
MODAL = record({"custom_id": CUSTOM_ID, "title": text(45, 1), "components": array(LABEL, 5, 1)})

# Answers

CHOICE = record({"name": text(100, 1), "value": text(100, 1)})
SUGGESTIONS = record({"choices": array(CHOICE, 25)})
CALLBACK = by(
    {
        4: record({"type": one_of(4), "data": ANSWER}),
        5: record({"type": one_of(5)}, {"data": record({}, {"flags": one_of(0, 64)})}),
        6: record({"type": one_of(6)}),
        7: record({"type": one_of(7), "data": EDIT}),
        8: record({"type": one_of(8), "data": SUGGESTIONS}),
        9: record({"type": one_of(9), "data": MODAL}),
    }
)

# Commands

NAME = text(32, 1, pattern=r"[-_'\w]+")
NAMED = {"name": NAME, "description": text(100, 1)}
OPTIONAL = {"required": flag}
VALUE = by(
    {
        3: record(
            {"type": one_of(3), **NAMED},
            {
                **OPTIONAL,
                "choices": array(CHOICE, 25),
                "autocomplete": flag,
                "min_length": whole(0, 6000),
                "max_length": whole(1, 6000),
            },
        ),
        6: record({"type": one_of(6), **NAMED}, OPTIONAL),
        10: record({"type": one_of(10), **NAMED}, OPTIONAL),
        7: record({"type": one_of(7), **NAMED}, {**OPTIONAL, "channel_types": array(CHANNEL_TYPE, 13)}),
        11: record({"type": one_of(11), **NAMED}, OPTIONAL),
    }
)
SUBCOMMAND = record({"type": one_of(1), **NAMED}, {"options": array(VALUE, 25)})
COMMAND = record(
    {"type": one_of(1), **NAMED},
    {
        "options": array(
            by({1: SUBCOMMAND, **dict.fromkeys((3, 6, 10, 11), VALUE)}),
            25,
        ),
        "contexts": array(one_of(0, 1, 2), 3, 1, is_unique=True),
        "integration_types": array(one_of(0, 1), 2, 1, is_unique=True),
    },
)
MENU_COMMAND = record(
    {"type": one_of(2, 3), "name": text(32, 1)},
    {
        "contexts": array(one_of(0, 1, 2), 3, 1, is_unique=True),
        "integration_types": array(one_of(0, 1), 2, 1, is_unique=True),
    },
)
TREE = array(by({1: COMMAND, 2: MENU_COMMAND, 3: MENU_COMMAND}), 110)
