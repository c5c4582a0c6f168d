"""The examples of docs/pages.md, started where their program is installed: pages behind a proxy, as browsers see them.

Where a program isn't there its test is skipped, and says so.
"""

import asyncio
import re
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.adapters.web.stage import Browser, Stage, free_port, serving, sign_in
from tests.talk import Talk
from tests.waiting import eventually

DEPLOY = Path(__file__).parents[1] / "deploy"
HOST = "study.example.org"


def require(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed here, so its example is not started")
    return path


@asynccontextmanager
async def behind(talk: Talk, command: list[str], port: int, inner: int) -> AsyncIterator[Stage]:
    """Serve pages as they are set up behind a proxy that is started."""
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        public_url = f"https://{HOST}:{port}"
        async with serving(talk, listen=f"127.0.0.1:{inner}", public_url=public_url, trust_proxy="127.0.0.1") as stage:

            async def is_up() -> bool:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    return False
                writer.close()
                return True

            await eventually(is_up, 60)
            yield stage
    finally:
        process.terminate()
        await process.wait()


async def walk(stage: Stage, port: int) -> None:
    """Sign in through the proxy, and check in."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    jar = aiohttp.CookieJar(unsafe=True)
    connector = aiohttp.TCPConnector(ssl=context, resolver=_Here())
    async with aiohttp.ClientSession(connector=connector, cookie_jar=jar) as session:
        browser = Browser(f"https://{HOST}:{port}", session, stage.talk.core.pages.url)
        await sign_in(browser, await stage.link("ada"))
        assert (await browser.get("/me")).status == 200
        await browser.get("/form?command=checkin")
        answered = await browser.send(browser.form(command="checkin"), follow=False, time="45m")
        assert answered.status == 303
        assert "45 min" in (await browser.get("/me")).text


class _Here(aiohttp.abc.AbstractResolver):
    """A resolver that finds every name on this machine."""

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[aiohttp.abc.ResolveResult]:
        return [aiohttp.abc.ResolveResult(hostname=host, host="127.0.0.1", port=port, family=2, proto=0, flags=0)]

    async def close(self) -> None:
        return


async def test_behind_caddy(talk: Talk, tmp_path: Path) -> None:
    caddy, port, inner = require("caddy"), free_port(), free_port()
    await talk("ada", "/checkin 1h")
    example = (DEPLOY / "pages.Caddyfile").read_text(encoding="utf-8")
    assert example.startswith(f"{HOST} {{")
    local = example.replace(f"{HOST} {{", f"{HOST}:{port} {{\n\ttls internal", 1).replace("8090", str(inner))
    options = (
        f"{{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\tstorage file_system {tmp_path}\n}}\n"
    )
    (tmp_path / "Caddyfile").write_text(options + local, encoding="utf-8")
    command = [caddy, "run", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"]
    async with behind(talk, command, port, inner) as stage:
        await walk(stage, port)


def _make_certificate(openssl: str, key: Path, certificate: Path) -> None:
    names = ["-subj", f"/CN={HOST}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *names], check=True, capture_output=True)


async def test_behind_nginx(talk: Talk, tmp_path: Path) -> None:
    nginx, openssl, port, inner = require("nginx"), require("openssl"), free_port(), free_port()
    await talk("ada", "/checkin 1h")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    _make_certificate(openssl, key, certificate)
    example = (DEPLOY / "pages.nginx.conf").read_text(encoding="utf-8")
    local = example.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl").replace("8090", str(inner))
    local = re.sub(r"/etc/letsencrypt/\S+/fullchain\.pem", str(certificate), local)
    local = re.sub(r"/etc/letsencrypt/\S+/privkey\.pem", str(key), local)
    assert "letsencrypt" not in local
    folders = "\n".join(
        f"{kind}_temp_path {tmp_path / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"daemon off;\npid {tmp_path / 'pid'};\nerror_log {tmp_path / 'errors'};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{folders}\n{local}}}\n"
    )
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    command = [nginx, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    async with behind(talk, command, port, inner) as stage:
        await walk(stage, port)


def test_a_tunnel_takes_its_example(tmp_path: Path) -> None:
    cloudflared = require("cloudflared")
    command = [cloudflared, "tunnel", "--config", str(DEPLOY / "pages.cloudflared.yml"), "ingress", "validate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
