"""Starts OpenTelemetry in the Python programs of a `watchtower run`. Every interpreter of the run loads this first."""

import os
import sys

# Programs that install, check or build: what they start may be seen, they are not.
_TOOLS = {
    "pip", "pip3", "pipx", "uv", "uvx", "poetry", "pdm", "hatch", "tox", "nox", "pipenv", "virtualenv", "venv", "ensurepip",
    "black", "ruff", "mypy", "pyright", "flake8", "pylint", "isort", "pre-commit", "pre_commit", "build", "twine", "wheel",
    "setup.py", "compileall", "sphinx-build", "pip-compile", "cython", "jupyter", "ipykernel_launcher", "node-gyp", "gyp_main.py",
}

_LOGGING = "OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED"


def _program():
    """The script's or the module's name, before Python has worked out which."""
    words = list(getattr(sys, "orig_argv", None) or sys.argv)[1:]
    while words:
        word = words.pop(0)
        if word == "-m":
            return words[0].split(".")[0] if words else ""
        if word == "-c":
            return "-c"
        if word in ("-W", "-X") and words:
            words.pop(0)
        elif not word.startswith("-"):
            return os.path.basename(word)
    return ""


def _service(program):
    stem = program[:-3] if program.endswith(".py") else program
    generic = stem in ("", "-c", "app", "main", "manage", "wsgi", "asgi", "server", "flask", "uvicorn", "gunicorn", "fastapi")
    return os.path.basename(os.getcwd()) or "python" if generic else stem


def _start():
    if "WATCHTOWER_RUN_ID" not in os.environ or _program() in _TOOLS:
        return
    from importlib.util import find_spec

    def has(module):
        try:
            return find_spec("opentelemetry.instrumentation." + module) is not None
        except (ImportError, ValueError):
            return False

    def has_own():
        return has("auto_instrumentation")

    # opentelemetry-instrument has put its own folder first, and starts from there.
    if any(path.replace("\\", "/").endswith("opentelemetry/instrumentation/auto_instrumentation") for path in sys.path):
        return
    if not has_own():
        minor = "%d.%d" % sys.version_info[:2]
        packages = os.path.join(os.environ.get("WATCHTOWER_PYTHON_PACKAGES", ""), minor)
        if not os.path.isdir(packages):
            return
        # Last: what the program brings along goes before it.
        sys.path.append(packages)
        if not has_own():
            return
    named = "OTEL_SERVICE_NAME" in os.environ or "service.name=" in os.environ.get("OTEL_RESOURCE_ATTRIBUTES", "")
    if not named:
        os.environ["OTEL_SERVICE_NAME"] = _service(_program())
    path = os.environ.get("PYTHONPATH")
    # Newer ones export log records by themselves, and warn in each program about what older ones need.
    set_by_run = os.environ.get("WATCHTOWER_RUN_VARIABLES", "").split(",")
    ours = "%s=%s" % (_LOGGING, os.environ.get(_LOGGING)) in set_by_run
    logging = os.environ.pop(_LOGGING, None) if ours and has("logging.handler") else None
    try:
        from opentelemetry.instrumentation.auto_instrumentation import initialize

        initialize()
    finally:
        # For the programs that this one starts: they have names of their own.
        if not named:
            os.environ.pop("OTEL_SERVICE_NAME", None)
        if path is not None:
            os.environ["PYTHONPATH"] = path
        if logging is not None:
            os.environ[_LOGGING] = logging


def _hand_on():
    """The sitecustomize that this one stands before."""
    here = os.path.dirname(os.path.abspath(__file__))
    for folder in sys.path:
        file = os.path.join(folder, "sitecustomize.py")
        if os.path.abspath(folder) == here or not os.path.isfile(file):
            continue
        with open(file, "rb") as source:
            code = compile(source.read(), file, "exec")
        exec(code, {"__name__": "sitecustomize", "__file__": file})
        return


try:
    _start()
except Exception as error:  # The program runs in any case.
    sys.stderr.write("watchtower: this Python program is not instrumented: %s\n" % error)
_hand_on()
