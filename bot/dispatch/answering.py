"""From a request to its answer, inside one transaction: the command, its options, then its form or its handler."""

from collections.abc import Container, Mapping
from datetime import date

from msgspec.structs import replace

from bot.chat.button_id import draft_number
from bot.chat.card import Actions, Card
from bot.chat.command import Given, OptionKind, Spec
from bot.chat.form import Form
from bot.chat.reading.commands import UnknownCommand, find_command, unknown_command
from bot.chat.reading.split import Unclear, split_words
from bot.chat.reading.values import WrongOptions, read_options, spread
from bot.chat.refusal import field_error
from bot.chat.request import Answer, Ask, Audience, CommandRequest, Reply, Request, TextRequest, Via
from bot.chat.text import Text
from bot.commands.shared.handler import Command
from bot.context import Answered, Context, WhichGroup
from bot.dispatch.commands import commands_by_name, specs_by_name
from bot.errors import Offer, Refused, Understood
from bot.views import question, words
from bot.views.forms import form
from bot.views.trouble import which_group

MAX_EXAMPLE_CHARACTERS = 80


class RolledBack(Exception):
    """Carries the answer to wrong input out of a transaction, which is thereby rolled back."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("rolled back")
        self.answer = answer


def find_spec(request: Request) -> Spec | None:
    """Return the spec of the command that a request names; None for an unknown one."""
    match request:
        case CommandRequest(command=name):
            return specs_by_name().get(name)
        case TextRequest(words=line):
            try:
                return find_command(line, specs_by_name())[0]
            except Refused:
                return None


def answer_request(context: Context) -> Answer:
    """Run the request's command, show its form, or ask what is meant. Raises `RolledBack` if it refuses."""
    try:
        command, words_behind = _find_command(context.request, context.specs)
    except UnknownCommand as unknown:
        raise RolledBack(Reply(_propose_commands(context, unknown), is_wrong=True)) from unknown
    if question.REFILL in context.request.options and isinstance(context.request, CommandRequest):
        context.request = replace(context.request, opens_form=True)
    answer = _answer_command(context, command, words_behind)
    is_of_question = question.ASKED in context.request.options
    if is_of_question and isinstance(answer, Reply) and answer.audience is Audience.PRIVATE:
        return replace(answer, in_place=True)
    return answer


def _answer_command(context: Context, command: Command, words_behind: str) -> Answer:
    try:
        raw = _read_raw(context, command.spec, words_behind)
    except Unclear as unclear:
        return _ask_which_reading(context, command, unclear)
    except Refused as refused:
        return _answer_wrong(context, command, {}, refused)
    return _answer_options(context, command, raw)


def _answer_options(context: Context, command: Command, raw: dict[str, str]) -> Answer:
    try:
        given = _read_given(context, command.spec, raw)
        if context.request.opens_form:
            return Ask(_make_form(command, context, raw))
        if command.spec.needs_form(raw) and context.request.via is not Via.FORM:
            return Ask(_make_form(command, context, _fill_form(command, context, raw)))
        return command.run(context, given)
    except Answered as answered:
        return answered.answer
    except WhichGroup as which:
        return Reply(which_group(command.spec.name, raw, which.choices))
    except Refused as refused:
        return _answer_wrong(context, command, raw, refused)


def _answer_wrong(context: Context, command: Command, raw: dict[str, str], refused: Refused) -> Answer:
    """Return a question about options that are unclear; what only one of the offers can be is taken for that.

    Raises `RolledBack` with the answer to all else.
    """
    try:
        if isinstance(refused, WrongOptions) and _is_question(context.request, refused):
            only = _find_only_possible(context, command, raw, refused)
            if only is not None:
                return _answer_options(context, command, {**raw, refused.about: only.words})
            return _ask_about_option(context, command, raw, refused)
    except Refused as beside:  # what a question would be about is refused itself
        refused = beside
    raise RolledBack(_answer_refusal(command, context, raw, refused)) from refused


def prepare_request(context: Context) -> object:
    """Return what the request's command works out before its transaction; None if it is none that does, or is wrong."""
    try:
        command, words_behind = _find_command(context.request, context.specs)
        if command.prepare is None:
            return None
        raw = _read_raw(context, command.spec, words_behind)
        return command.prepare(context, read_options(command.spec, raw, context.reading))
    except (Refused, WhichGroup, Unclear):
        return None  # said when the request is answered


def run_piece(context: Context) -> bool:
    """Do a part of what the request's command does in pieces; return True while there is more."""
    try:
        command, words_behind = _find_command(context.request, context.specs)
        if command.run_piece is None or context.request.opens_form:
            return False
        raw = _read_raw(context, command.spec, words_behind)
        return command.run_piece(context, read_options(command.spec, raw, context.reading))
    except (Refused, WhichGroup, Unclear):
        return False  # said when the request is answered


def prepares(request: Request) -> bool:
    """Return True if the request names a command that works something out before its transaction."""
    spec = find_spec(request)
    return spec is not None and commands_by_name()[spec.name].prepare is not None


def may_prepare(request: Request) -> bool:
    """Return True if `prepares` holds of the request, or perhaps of the draft that it names."""
    names_draft = isinstance(request, CommandRequest) and draft_number(request.command) is not None
    return names_draft or prepares(request)


def _find_command(request: Request, specs: Mapping[str, Spec]) -> tuple[Command, str]:
    """Return the command and the words behind its name, if it was typed. Raises `UnknownCommand`."""
    match request:
        case TextRequest(words=line):
            spec, rest = find_command(line, specs)
            return commands_by_name()[spec.name], rest
        case CommandRequest(command=name):
            command = commands_by_name().get(name)
            if command is None:
                raise unknown_command(name, name, specs)
            return command, ""


def _read_raw(context: Context, spec: Spec, words_behind: str) -> dict[str, str]:
    """Return the words of each option: parted from a line, or as they were given."""
    match context.request:
        case TextRequest():
            return split_words(spec, words_behind, context.reading)
        case CommandRequest(options=options, via=via):
            raw = {name: text for name, text in options.items() if spec.option(name)}
            return raw if via is Via.BUTTON else spread(spec, raw, context.reading)


def _read_given(context: Context, spec: Spec, raw: dict[str, str]) -> Given:
    """Return the options, read. Raises `WrongOptions` with all that is wrong, in a form also what is missing."""
    is_form = context.request.via is Via.FORM
    names = [option.name for option in spec.missing(raw)] if is_form else []
    missing = {name: Refused("An answer is needed here.", _hint_of(spec, name)) for name in names}
    try:
        given = read_options(spec, raw, context.reading)
    except WrongOptions as wrong:
        raise WrongOptions({**missing, **wrong.wrong}, wrong.given) from None
    if missing:
        raise WrongOptions(missing, given)
    return given


def _hint_of(spec: Spec, name: str) -> str:
    option = spec.option(name)
    return option.hint if option is not None else ""


def _fill_form(command: Command, context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Return what stands in the form at first: what was given, beside that what the command fills in."""
    prefilled = command.prefill(context, raw) if command.prefill else {}
    return {**prefilled, **{name: text for name, text in raw.items() if text.strip()}}


def _make_form(command: Command, context: Context, values: Mapping[str, str], errors: Mapping[str, Text] = {}) -> Form:
    """Return the command's form without what it need not ask for."""
    without = command.known(context) if command.known else ()
    described = command.describe(context, values) if command.describe else {}
    return form(command.spec, values, context.reading, errors, without=without, described=described)


def _is_question(request: Request, wrong: WrongOptions) -> bool:
    """Return True if for all that is wrong it can be asked what was meant; a form stays open for what is mistyped."""
    if request.opens_form:
        return False
    is_form = request.via is Via.FORM
    return all(
        refused.offers and not (is_form and not isinstance(refused, Understood)) for refused in wrong.wrong.values()
    )


def _propose_commands(context: Context, unknown: UnknownCommand) -> Card:
    """Return the commands that may be meant, as buttons with the options that were typed, where they can be read."""
    choices, unread = list[question.Choice](), list[question.Choice]()
    for spec, rest in unknown.proposals:
        try:
            raw = split_words(spec, rest, context.reading)
        except Refused:
            unread.append(question.Choice(spec, {}, ""))
        else:
            choices.append(question.Choice(spec, raw, rest))
    surely = [choice for choice in choices if not any(option.kind.is_free for option in choice.options)]
    return question.commands(unknown, surely or choices or unread)


def _ask_which_reading(context: Context, command: Command, unclear: Unclear) -> Reply:
    choices = [_pin(context, command, raw) for raw in unclear.readings]
    return _ask(context, question.readings(command.spec, unclear, choices, context.today))


def _find_only_possible(
    context: Context, command: Command, raw: Mapping[str, str], wrong: WrongOptions
) -> Offer | None:
    """Return the one meaning of an option that its command allows; the last where it allows none, to say why not.

    None where several are possible, or something else is unclear too.
    """
    meant = wrong.wrong[wrong.about]
    if command.allows is None or len(wrong.wrong) > 1 or not isinstance(meant, Understood):
        return None
    pinned, _ = _pin(context, command, raw)
    possible = [offer for offer in meant.offers if command.allows(context, {**pinned, wrong.about: offer.words})]
    return possible[0] if len(possible) == 1 else None if possible else meant.offers[-1]


def _ask_about_option(context: Context, command: Command, raw: Mapping[str, str], wrong: WrongOptions) -> Reply:
    pinned, _ = _pin(context, command, raw)
    card = question.offers(command.spec, pinned, wrong)
    if isinstance(context.request, TextRequest):
        card = question.with_note(command.spec, pinned, wrong, card)
    return _ask(context, card)


def _ask(context: Context, card: Card) -> Reply:
    return Reply(card, in_place=context.request.via is Via.BUTTON)


def _pin(context: Context, command: Command, raw: Mapping[str, str]) -> tuple[dict[str, str], Given]:
    """Return options for a button that mean the same whenever it is pressed, and what could be read of them."""
    try:
        given = read_options(command.spec, raw, context.reading)
    except WrongOptions as wrong:
        given = wrong.given
    days = {name: value.isoformat() for name, value in given.values.items() if isinstance(value, date)}
    held = command.pin(context, raw) if command.pin else {}
    return {**raw, **days, **held}, given


def _answer_refusal(command: Command, context: Context, raw: dict[str, str], refused: Refused) -> Answer:
    """Return a question where the refusal has offers, a form with its errors, or its sentence as a card."""
    spec, is_form = command.spec, context.request.via is Via.FORM or context.request.opens_form
    if refused.offers and refused.about and not is_form and not isinstance(refused, WrongOptions):
        return Reply(question.offers(spec, raw, refused), in_place=context.request.via is Via.BUTTON)
    fields = {option.name for option in spec.form_fields} if is_form else set()
    refusals = refused.wrong if isinstance(refused, WrongOptions) else {refused.about: refused}
    sentences = {name: field_error(refusal, spec.typed_name) for name, refusal in refusals.items() if name in fields}
    if sentences:
        return Ask(_make_form(command, context, raw, sentences))
    example = refused.example if is_form else _complete_example(context, spec, raw, refused)
    card = words.refusal(refused, example, spec.typed_name)
    if not is_form and _holds_more(spec, raw, refusals):
        card = card.plus(Actions((question.refill_button(spec, raw),)))
    return Reply(card, is_wrong=True)


def _holds_more(spec: Spec, raw: Mapping[str, str], wrong: Container[str]) -> bool:
    """Return True if more was given than what is wrong, so that a form with all of it spares typing it again."""
    fields = {option.name: option for option in spec.form_fields if option.kind is not OptionKind.FILE}
    given = [name for name in fields if raw.get(name, "").strip()]
    is_of_field = any(name in wrong for name in fields)
    return is_of_field and any(name not in wrong or len(raw[name]) > MAX_EXAMPLE_CHARACTERS for name in given)


def _complete_example(context: Context, spec: Spec, raw: Mapping[str, str], refused: Refused) -> str:
    """Return the example of a refusal as a line to type, with the other options as they were typed if they fit."""
    option = spec.option(refused.about)
    is_line = refused.example.startswith("/")
    if not refused.example or is_line or option is None or option.kind is OptionKind.FILE:
        return refused.example
    if option.is_hidden or not spec.typed_name:
        return ""
    example = refused.example.removeprefix(f"{option.name}: ")
    others = {other.name: raw[other.name] for other in spec.visible if raw.get(other.name, "").strip()}
    right = {name: text for name, text in others.items() if _is_readable(context, spec, name, text)}
    right[option.name] = example
    line = _line_of(spec, right)
    return line if len(line) <= MAX_EXAMPLE_CHARACTERS else _line_of(spec, {option.name: example})


def _is_readable(context: Context, spec: Spec, name: str, text: str) -> bool:
    option = spec.option(name)
    return option is not None and option.reads(text.strip(), context.reading)


def _line_of(spec: Spec, raw: Mapping[str, str]) -> str:
    """Return a line that gives the options; the first one needs no name."""
    parts = []
    for option in spec.visible:
        if text := " ".join(raw.get(option.name, "").split()):
            needs_no_name = option is spec.visible[0] and not option.is_named and not option.kind.is_free
            parts.append(text if needs_no_name else f"{option.name}: {text}")
    return " ".join([f"/{spec.typed_name}", *parts])
