"""Three browser engines behind one small interface: go, run, press, click, and look.

Chromium is driven by Playwright. Debian's Firefox comes without geckodriver, but speaks WebDriver
BiDi itself over a web socket; WebKitGTK has its own WebDriver and needs a display, for which Xvfb
stands in.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

import websocket
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.webkitgtk.service import Service

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
WEBKIT_DRIVER = shutil.which("WebKitWebDriver")
XVFB = shutil.which("Xvfb")
KEYS = {
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Tab": "\ue004",
    "ArrowDown": "\ue015",
    "ArrowUp": "\ue013",
}
"""The keys with a name, as WebDriver writes them."""


def missing(engine: str) -> str:
    """What still has to be installed for an engine; empty if nothing."""
    if engine == "firefox" and not FIREFOX:
        return "no Firefox on this machine: install Debian's firefox-esr"
    if engine == "webkit" and not (WEBKIT_DRIVER and XVFB):
        return "no WebKit on this machine: install Debian's webkit2gtk-driver and xvfb"
    return ""


class Tab(Protocol):
    """A page in some engine."""

    def go(self, url: str) -> None:
        """Open an address, and wait until it has loaded."""

    def run(self, expression: str) -> Any:
        """What a JavaScript expression gives, awaited if it is a promise; anything that JSON can
        hold.
        """

    def press(self, *keys: str) -> None:
        """Press keys one after another: characters, or names from ``KEYS``."""

    def point(self, selector: str, click: bool = False) -> None:
        """Move the pointer over the middle of the first element that matches, and click there if
        asked to.
        """

    def resize(self, width: int, height: int) -> None: ...

    def picture(self) -> bytes:
        """What is seen, as PNG."""


def wait_for(tab: Tab, condition: str, seconds: int = 30) -> None:
    """Wait until a JavaScript condition holds, looked at again with every frame; fails with the
    condition.
    """
    met = tab.run(f"""new Promise((done) => {{
          const end = performance.now() + {seconds * 1000};
          const look = () => ({condition}) ? done(true) : performance.now() > end ? done(false)
            : setTimeout(look, 20);
          look();
        }})""")
    assert met, f"not met within {seconds} s: {condition}"


def arrive(tab: Tab, address: str, seconds: int = 30) -> None:
    """Wait until the tab has gone to an address that begins so; what was asked of the page before
    is lost with it.
    """
    end = time.monotonic() + seconds
    here = ""
    while time.monotonic() < end and not here.startswith(address):
        with contextlib.suppress(PlaywrightError, WebDriverException, LeftError):
            here = tab.run("location.href")
    assert here.startswith(address), f"{here} is not {address}"


class LeftError(Exception):
    """The page was left while it was asked."""


def _middle(tab: Tab, selector: str) -> tuple[int, int]:
    """Where in the view an element's first line has its middle, once it has been scrolled into
    view.
    """
    x, y = tab.run(f"""(() => {{
          const node = document.querySelector({json.dumps(selector)});
          node.scrollIntoView({{block: "center", behavior: "instant"}});
          const box = node.getClientRects()[0];
          return [box.x + box.width / 2, box.y + box.height / 2];
        }})()""")
    return round(x), round(y)


class ChromiumTab:
    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, url: str) -> None:
        self.page.goto(url)

    def run(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key) if key.isascii() else self.page.keyboard.insert_text(key)

    def point(self, selector: str, click: bool = False) -> None:
        at = _middle(self, selector)
        self.page.mouse.move(1, 1)
        self.page.mouse.move(*at)
        if click:
            self.page.mouse.click(*at)

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def picture(self) -> bytes:
        return self.page.screenshot()


class FirefoxTab:
    """Firefox over WebDriver BiDi, https://w3c.github.io/webdriver-bidi/."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self._socket = socket
        self._asked = 0
        self._ask("session.new", capabilities={})
        self._context = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        self._ask("browsingContext.activate", context=self._context)

    def _ask(self, method: str, **params: Any) -> Any:
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._asked:
                if answer["type"] == "error":
                    raise LeftError(f"{method}: {answer['error']}: {answer['message']}")
                return answer["result"]

    def go(self, url: str) -> None:
        # If a worker takes over in the middle of it, Firefox sometimes does not answer a
        # navigation, but answers the next.
        self._socket.settimeout(30)
        try:
            self._navigate(url)
        except websocket.WebSocketTimeoutException:
            self._socket.settimeout(60)
            self._navigate(url)
        self._socket.settimeout(60)

    def _navigate(self, url: str) -> None:
        self._ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def run(self, expression: str) -> Any:
        text = f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))"
        answer = self._ask(
            "script.evaluate", expression=text, target={"context": self._context}, awaitPromise=True
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def press(self, *keys: str) -> None:
        pressed = [KEYS.get(key, key) for key in keys]
        actions = [{"type": kind, "value": key} for key in pressed for kind in ("keyDown", "keyUp")]
        self._ask(
            "input.performActions",
            context=self._context,
            actions=[{"type": "key", "id": "keys", "actions": actions}],
        )

    def point(self, selector: str, click: bool = False) -> None:
        x, y = _middle(self, selector)
        actions: list[dict[str, Any]] = [
            {"type": "pointerMove", "x": 1, "y": 1},
            {"type": "pointerMove", "x": x, "y": y},
        ]
        if click:
            actions += [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._ask(
            "input.performActions",
            context=self._context,
            actions=[{"type": "pointer", "id": "mouse", "actions": actions}],
        )

    def resize(self, width: int, height: int) -> None:
        self._ask(
            "browsingContext.setViewport",
            context=self._context,
            viewport={"width": width, "height": height},
        )

    def picture(self) -> bytes:
        return base64.b64decode(
            self._ask("browsingContext.captureScreenshot", context=self._context)["data"]
        )

    def pdf(self) -> bytes:
        """The page as it is printed."""
        return base64.b64decode(self._ask("browsingContext.print", context=self._context)["data"])


class WebKitTab:
    def __init__(self, driver: WebKitGTK) -> None:
        self._driver = driver

    def go(self, url: str) -> None:
        self._driver.get(url)

    def run(self, expression: str) -> Any:
        script = (
            "const done = arguments[arguments.length -"
            f" 1];Promise.resolve({expression}).then((value) => done([value ?? null]), (error) =>"
            " done([null, String(error)]))"
        )
        value, *error = self._driver.execute_async_script(script)
        assert not error, error
        return value

    def press(self, *keys: str) -> None:
        chain = ActionChains(self._driver, duration=0)
        for key in keys:
            chain.send_keys(KEYS.get(key, key))
        chain.perform()

    def point(self, selector: str, click: bool = False) -> None:
        x, y = _middle(self, selector)
        chain = ActionChains(self._driver, duration=0)
        chain.w3c_actions.pointer_action.move_to_location(1, 1)  # type: ignore[no-untyped-call]
        chain.w3c_actions.pointer_action.move_to_location(x, y)  # type: ignore[no-untyped-call]
        if click:
            chain.w3c_actions.pointer_action.click()
        chain.perform()

    def resize(self, width: int, height: int) -> None:
        self._driver.set_window_size(width, height)

    def picture(self) -> bytes:
        return bytes(self._driver.get_screenshot_as_png())


@contextmanager
def firefox() -> Iterator[FirefoxTab]:
    """A Firefox with a profile of its own, offline but for this machine."""
    assert FIREFOX
    with ExitStack() as stack:
        profile = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        preferences = {
            "focusmanager.testmode": True,
            "ui.useOverlayScrollbars": 1,
            "app.update.enabled": False,
            "network.captive-portal-service.enabled": False,
            "network.connectivity-service.enabled": False,
        }
        Path(profile, "user.js").write_text(
            "".join(f'user_pref("{k}", {json.dumps(v)});\n' for k, v in preferences.items()),
            encoding="utf-8",
        )
        command = [
            FIREFOX,
            "--headless",
            "--no-remote",
            "--remote-debugging-port",
            "0",
            "--profile",
            profile,
        ]
        process = subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "HOME": profile},
        )
        stack.callback(process.wait, 20)
        stack.callback(process.terminate)
        assert process.stderr
        address = next(
            found[1]
            for line in process.stderr
            if (found := re.search(r"listening on (ws://\S+)", line))
        )
        socket = stack.enter_context(
            _closing(
                websocket.create_connection(f"{address}/session", timeout=60, suppress_origin=True)
            )
        )
        yield FirefoxTab(socket)


@contextmanager
def _closing(socket: websocket.WebSocket) -> Iterator[websocket.WebSocket]:
    try:
        yield socket
    finally:
        socket.close()


@contextmanager
def webkit() -> Iterator[WebKitTab]:
    """A WebKitGTK browser on a display of its own."""
    assert WEBKIT_DRIVER and XVFB
    with ExitStack() as stack:
        read, write = os.pipe()
        display = subprocess.Popen(
            [XVFB, "-displayfd", str(write), "-screen", "0", "2000x1400x24", "-nolisten", "tcp"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        stack.callback(display.wait, 20)
        stack.callback(display.terminate)
        os.close(write)
        with os.fdopen(read, encoding="ascii") as number:
            name = f":{number.readline().strip()}"
        environment = {
            **os.environ,
            "DISPLAY": name,
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        options = WebKitGTKOptions()
        options.binary_location = str(next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))
        options.add_argument("--automation")
        options.add_argument("--ignore-tls-errors")
        driver = WebKitGTK(options=options, service=Service(WEBKIT_DRIVER, env=environment))
        stack.callback(driver.quit)
        driver.set_script_timeout(60)
        yield WebKitTab(driver)


@contextmanager
def chromium(browser: Browser) -> Iterator[ChromiumTab]:
    context = browser.new_context(service_workers="block")
    yield ChromiumTab(context.new_page())
    context.close()
