"""From a request to its answer, inside one transaction: the command, its options, then its form or its handler."""

from bot.chat.command import Spec
from bot.chat.parse import WrongOptions, find_command, read_options, split_words, unknown_command
from bot.chat.refusal import refusal_with_example
from bot.chat.request import Answer, Ask, CommandRequest, Reply, Request, TextRequest, Via
from bot.commands import registry
from bot.commands.shared.handler import Command
from bot.context import Answered, Context, WhichGroup
from bot.errors import Refused
from bot.views import words
from bot.views.forms import form
from bot.views.trouble import which_group


class RolledBack(Exception):
    """Carries the answer to wrong input out of a transaction, which is thereby rolled back."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("rolled back")
        self.answer = answer


def find_spec(request: Request) -> Spec | None:
    """Return the spec of the command that a request names; None for an unknown one."""
    match request:
        case CommandRequest(command=name):
            return registry.SPECS.get(name)
        case TextRequest(words=line):
            try:
                return find_command(line, registry.SPECS)[0]
            except Refused:
                return None


def answer_request(context: Context) -> Answer:
    """Run the request's command, or show its form. Raises `RolledBack` if it refuses, `Refused` if there is none."""
    command, raw = _split_request(context)
    try:
        given = read_options(command.spec, raw, context.reading)
        if context.request.opens_form:
            return Ask(form(command.spec, raw, context.reading))
        if command.spec.needs_form(raw) and context.request.via is not Via.FORM:
            return Ask(form(command.spec, _fill_form(command, context, raw), context.reading))
        _require_options(command.spec, raw)
        return command.run(context, given)
    except Answered as answered:
        return answered.answer
    except WhichGroup as which:
        return Reply(which_group(command.spec.name, raw, which.choices))
    except Refused as refused:
        raise RolledBack(_answer_refusal(command.spec, context, raw, refused)) from refused


def _split_request(context: Context) -> tuple[Command, dict[str, str]]:
    """Return the command and its raw options."""
    match context.request:
        case TextRequest(words=line):
            spec, rest = find_command(line, registry.SPECS)
            return registry.BY_NAME[spec.name], split_words(spec, rest, context.reading)
        case CommandRequest(command=name, options=options):
            command = registry.BY_NAME.get(name)
            if command is None:
                raise unknown_command(name, name, registry.SPECS)
            return command, {name: text for name, text in options.items() if command.spec.option(name)}


def _require_options(spec: Spec, raw: dict[str, str]) -> None:
    missing = {option.name: Refused(f"{option.name} is missing.", option.hint) for option in spec.missing(raw)}
    if missing:
        raise WrongOptions(missing)


def _fill_form(command: Command, context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Return what stands in the form at first: what was given, beside that what the command fills in."""
    prefilled = command.prefill(context, raw) if command.prefill else {}
    return {**prefilled, **{name: text for name, text in raw.items() if text.strip()}}


def _answer_refusal(spec: Spec, context: Context, raw: dict[str, str], refused: Refused) -> Answer:
    """Return a form with its errors under the fields; elsewhere the first sentence as a card."""
    if context.request.via is not Via.FORM and not context.request.opens_form:
        return Reply(words.refusal(refused), is_wrong=True)
    fields = {option.name for option in spec.form_fields}
    refusals = refused.wrong if isinstance(refused, WrongOptions) else {refused.about: refused}
    sentences = {name: refusal_with_example(refusal) for name, refusal in refusals.items() if name in fields}
    if not sentences:
        return Reply(words.refusal(refused), is_wrong=True)
    return Ask(form(spec, raw, context.reading, sentences))
