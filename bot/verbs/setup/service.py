"""The lines that keep the bot running on this machine: systemd for one user or for all, a container, or a terminal."""

import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CONTAINER_MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))
SYSTEMD_MARK = Path("/run/systemd/system")
FOLDERS_OF_OTHERS = frozenset(map(Path, ("/", "/root", "/etc", "/home", "/usr", "/var", "/tmp", "/opt")))  # noqa: S108
"""Folders that are not given to the service's own user."""

UNIT = """\
[Unit]
Description=Ten Hours, the accountability bot of a study group
Wants=network-online.target
After=network-online.target time-sync.target
StartLimitIntervalSec=1h
StartLimitBurst=10

[Service]
Type=notify
NotifyAccess=main
ExecStart={program} --config {config} run
ExecReload={program} --config {config} check --settings
ExecReload=/bin/kill -HUP $MAINPID
WorkingDirectory={folder}
{user}WatchdogSec=3min
Restart=on-failure
RestartPreventExitStatus=78
RestartSec=30s
TimeoutStopSec=15s
UMask=0077

[Install]
WantedBy={target}
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """What decides how a program is kept running here."""

    program: Path
    config: Path
    folder: Path
    is_container: bool
    has_systemd: bool
    is_root: bool

    @classmethod
    def this_one(cls, config: Path) -> "Machine":
        """Return what is found here."""
        return cls(
            program=find_program(os.environ),
            config=config,
            folder=Path.cwd(),
            is_container=any(mark.exists() for mark in CONTAINER_MARKS),
            has_systemd=SYSTEMD_MARK.exists(),
            is_root=hasattr(os, "geteuid") and os.geteuid() == 0,
        )


def find_program(environ: Mapping[str, str]) -> Path:
    """Return the program's path: the one that was started, else the one beside this Python, else that of the PATH."""
    started, beside = Path(sys.argv[0]), Path(sys.executable).with_name("tenhours")
    if started.name == "tenhours" and started.exists():
        return started.absolute()
    return beside if beside.exists() else Path(shutil.which("tenhours", path=environ.get("PATH")) or "tenhours")


def lines(machine: Machine) -> list[str]:
    """Return what to type, with a sentence before it."""
    if machine.is_container:
        return [
            "The settings are in the volume. On the host, start a container with the same one, for example:",
            "docker run --detach --name tenhours --restart unless-stopped --volume tenhours:/data tenhours",
        ]
    if not machine.has_systemd:
        return ["Start it, and leave it running (Ctrl-C stops it):", _command(machine)]
    if not machine.is_root:
        return [
            "Let systemd start it now and after each boot; paste these lines:",
            *_written_to("~/.config/systemd/user", _unit(machine, "", "default.target")),
            "systemctl --user daemon-reload",
            "systemctl --user enable --now tenhours",
            "loginctl enable-linger    # so that it goes on when you log out",
        ]
    if machine.folder in FOLDERS_OF_OTHERS or Path("/root") in machine.program.parents:
        return [
            "You are root, and the bot should run as a user of its own: docs/systemd.md has the lines.",
            "To try it here (Ctrl-C stops it):",
            _command(machine),
        ]
    folder = shlex.quote(str(machine.folder))
    return [
        "Let systemd start it now and after each boot, as a user of its own; paste these lines:",
        f"useradd --system --home-dir {folder} --shell /usr/sbin/nologin tenhours",
        f"chown -R tenhours: {folder}",
        *_written_to("/etc/systemd/system", _unit(machine, "User=tenhours\n", "multi-user.target")),
        "systemctl daemon-reload",
        "systemctl enable --now tenhours",
    ]


def _command(machine: Machine) -> str:
    return shlex.join([str(machine.program), "--config", str(machine.config), "run"])


def _unit(machine: Machine, user: str, target: str) -> str:
    paths = {"program": machine.program, "config": machine.config, "folder": machine.folder}
    return UNIT.format(**{name: _quoted(path) for name, path in paths.items()}, user=user, target=target)


def _quoted(path: Path) -> str:
    """Return a path as a unit has it: `%` stands for itself only twice, and spaces need quotes."""
    text = str(path).replace("%", "%%")
    return f'"{text}"' if " " in text else text


def _written_to(folder: str, unit: str) -> list[str]:
    return [
        f"mkdir -p {folder}",
        f"cat > {folder}/tenhours.service <<'EOF'",
        *unit.splitlines(),
        "EOF",
    ]
