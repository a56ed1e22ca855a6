"""The desktop's side of the session bus, for tests: shows tray icons (StatusNotifier) and notifications.

Reads one JSON command a line, answers with one JSON line: {"do": "tray"}, {"do": "click", "path": [LABEL, ...]},
{"do": "activate"}, {"do": "notifications"}, {"do": "click-notification", "title": TITLE}, {"do": "show-tray"}.
"""

import json
import sys
import threading

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
NOTIFICATIONS = "org.freedesktop.Notifications"
XML = """<node>
<interface name="org.kde.StatusNotifierWatcher">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
  <signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
  <signal name="StatusNotifierHostRegistered"/>
</interface>
<interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/>
  </method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface>
</node>"""

bus = Gio.bus_get_sync(Gio.BusType.SESSION)
items = []
notifications = []
interfaces = {each.name: each for each in Gio.DBusNodeInfo.new_for_xml(XML).interfaces}


def on_call(_bus, sender, _path, interface, method, parameters, invocation):
    if method == "RegisterStatusNotifierItem":
        (service,) = parameters.unpack()
        path = service if service.startswith("/") else "/StatusNotifierItem"
        items.append((sender if service.startswith("/") else service, path))
        return invocation.return_value(None)
    if method == "GetCapabilities":
        return invocation.return_value(GLib.Variant("(as)", (["body", "actions"],)))
    if method == "GetServerInformation":
        return invocation.return_value(GLib.Variant("(ssss)", ("test", "test", "1", "1.2")))
    if method == "Notify":
        _app, replaces, _icon, title, body, actions, _hints, _expires = parameters.unpack()
        number = replaces or len(notifications) + 1
        notifications.append({"id": number, "title": title, "body": body, "actions": actions})
        return invocation.return_value(GLib.Variant("(u)", (number,)))
    if method == "CloseNotification":
        invocation.return_value(None)
        return emit("NotificationClosed", GLib.Variant("(uu)", (parameters.unpack()[0], 3)))
    return invocation.return_value(None)


def on_property(_bus, _sender, _path, _interface, name):
    return {
        "RegisteredStatusNotifierItems": lambda: GLib.Variant("as", [name + path for name, path in items]),
        "IsStatusNotifierHostRegistered": lambda: GLib.Variant("b", True),
        "ProtocolVersion": lambda: GLib.Variant("i", 0),
    }[name]()


def emit(signal, arguments):
    bus.emit_signal(None, "/org/freedesktop/Notifications", NOTIFICATIONS, signal, arguments)


def ask(name, path, interface, method, arguments=None):
    return bus.call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 3000, None).unpack()


def alive():
    """The newest tray icon whose owner is still there."""
    for name, path in reversed(items):
        try:
            return name, path, ask(name, path, "org.freedesktop.DBus.Properties", "GetAll", GLib.Variant("(s)", (ITEM,)))[0]
        except GLib.Error:
            continue
    return None


def entry(node):
    number, facts, children = node
    kind = facts.get("type", "standard")
    if kind == "separator":
        return {"id": number, "separator": True}
    read = {"id": number, "label": facts.get("label", "").replace("__", "\0").replace("_", "").replace("\0", "_")}
    if not facts.get("enabled", True):
        read["enabled"] = False
    if facts.get("toggle-type"):
        read["checked"] = facts.get("toggle-state") == 1
    if children:
        read["items"] = [entry(child) for child in children]
    return read


def read_menu(name, menu):
    _revision, root = ask(name, menu, MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, [])))
    return [entry(child) for child in root[2]]


def carry_out(command):
    what = command["do"]
    if what == "show-tray":
        Gio.bus_own_name_on_connection(bus, WATCHER, Gio.BusNameOwnerFlags.NONE, None, None)
        return {"done": True}
    if what == "notifications":
        return {"notifications": notifications}
    if what == "click-notification":
        number = next(each["id"] for each in notifications if each["title"] == command["title"])
        emit("ActionInvoked", GLib.Variant("(us)", (number, "default")))
        return {"done": True}
    found = alive()
    if not found:
        return {"tray": None}
    name, path, facts = found
    if what == "activate":
        ask(name, path, ITEM, "Activate", GLib.Variant("(ii)", (0, 0)))
        return {"done": True}
    entries = read_menu(name, facts["Menu"])
    if what == "tray":
        pixels = facts.get("IconPixmap") or []
        sizes = [[width, height] for width, height, _bytes in pixels]
        return {"tray": {"title": facts.get("ToolTip", ["", [], "", ""])[2], "icon": sizes, "menu": entries}}
    for label in command["path"]:
        chosen = next((each for each in entries if each.get("label", "").startswith(label)), None)
        if not chosen:
            return {"missing": label, "among": [each.get("label") for each in entries]}
        if chosen.get("enabled") is False:
            return {"disabled": label}
        entries = chosen.get("items", [])
    ask(name, facts["Menu"], MENU, "Event", GLib.Variant("(isvu)", (chosen["id"], "clicked", GLib.Variant("s", ""), 0)))
    return {"done": True}


def answer(line):
    try:
        result = carry_out(json.loads(line))
    except Exception as error:  # told to the test, which fails with it
        result = {"error": repr(error)}
    print(json.dumps(result), flush=True)


def listen():
    # Beside the main loop, which answers the app meanwhile: it may be waiting for this very desktop.
    for line in sys.stdin:
        answer(line)
    GLib.idle_add(loop.quit)


loop = GLib.MainLoop()
bus.register_object("/StatusNotifierWatcher", interfaces[WATCHER], on_call, on_property, None)
bus.register_object("/org/freedesktop/Notifications", interfaces[NOTIFICATIONS], on_call, None, None)
Gio.bus_own_name_on_connection(bus, NOTIFICATIONS, Gio.BusNameOwnerFlags.NONE, None, None)
threading.Thread(target=listen, daemon=True).start()
loop.run()
