"""Each case confines a process of its own, for a process cannot be freed again."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

linux = pytest.mark.skipif(sys.platform != "linux", reason="system calls are filtered on Linux")


def confined(code: str, memory: int = 1 << 32, before: str = "") -> str:
    """What code prints in a confined process."""
    text = (
        f"import platform\n{before}\nfrom queries.pool.sandbox import confine\n"
        f"print(confine({memory}), end=' ')\n{code}"
    )
    ended = subprocess.run(
        [sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return ended.stdout + ended.stderr


@linux
@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import socket; socket.socketpair()",
        "import os; os.execv('/bin/true', ['true'])",
        "import ctypes; c = ctypes.CDLL(None, use_errno=True); "
        "c.syscall(425, 1, None); raise OSError(ctypes.get_errno(), 'io_uring')",
    ],
)
def test_the_network_and_new_programs_are_denied(code: str) -> None:
    assert confined(code).startswith("True ")
    assert "Operation not permitted" in confined(code) or "[Errno 1]" in confined(code)


@linux
def test_no_name_is_looked_up() -> None:
    assert "gaierror" in confined("import socket; socket.getaddrinfo('zhengtu.example', 80)")


@linux
def test_threads_files_and_arithmetic_go_on() -> None:
    code = (
        "import threading\n"
        "t = threading.Thread(target=lambda: print(open('LICENSE').read(0), 41 + 1))\n"
        "t.start(); t.join()"
    )
    assert confined(code).split() == ["True", "42"]


@linux
def test_memory_is_bounded() -> None:
    assert "MemoryError" in confined("b'x' * (1 << 30)", 1 << 29)


@pytest.mark.parametrize("machine", ["riscv64", "", "AMD64"])
def test_an_unknown_machine_says_that_there_is_no_sandbox(machine: str) -> None:
    assert confined("", before=f"platform.machine = lambda: {machine!r}").strip() == "False"


@linux
def test_a_filter_for_another_machine_lets_nothing_pass() -> None:
    other = "aarch64" if "x86" in confined("print(platform.machine())") else "x86_64"
    output = confined("import os; os.getcwd()", before=f"platform.machine = lambda: {other!r}")
    assert "Operation not permitted" in output or not output.startswith("True")
