"""`tenhours completion`: the script that makes a shell complete the program's words, and explain them.

zsh and fish show what each word does by themselves. bash shows words alone, so its script puts the explanations behind
them where it lists several.
"""

import argparse
import shlex
from collections.abc import Iterator

BASH = "bash"
EXPLAINED = """
if ((BASH_VERSINFO[0] >= 4)); then    # older ones have no tables
declare -A _tenhours_words=(
{words}
)

_tenhours() {{
  _shtab_tenhours "$@"
  [[ $COMP_TYPE == 63 && ${{#COMPREPLY[@]}} -gt 1 ]] || return 0    # 63: a list of what is possible
  local path="" word at summary
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    [[ -n ${{_tenhours_words["$path $word"]}} ]] && path+=" $word"
  done
  for at in "${{!COMPREPLY[@]}}"; do
    word=${{COMPREPLY[at]}} summary=${{_tenhours_words["$path ${{COMPREPLY[at]}}"]}}
    [[ -n $summary ]] && printf -v 'COMPREPLY[at]' '%-12s (%s)' "$word" "$summary"
  done
  return 0
}}

complete -o bashdefault -F _tenhours tenhours
fi
"""


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """Return the completion script for a shell."""
    import shtab  # noqa: PLC0415 - only where it is asked for

    text = str(shtab.complete(parser, shell))
    if shell != BASH:
        return text
    words = "\n".join(f"  [{shlex.quote(path)}]={shlex.quote(summary)}" for path, summary in _explain(parser, ""))
    return text + EXPLAINED.format(words=words)


def _explain(parser: argparse.ArgumentParser, path: str) -> Iterator[tuple[str, str]]:
    """Yield each verb with those before it, and what it does."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                words = f"{path} {choice.dest}"
                yield words, choice.help or ""
                yield from _explain(action.choices[choice.dest], words)
