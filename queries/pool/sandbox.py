"""A process that can hardly harm: no network, no new programs, bounded memory, no core file.

The system calls are denied by a seccomp filter, on Linux for x86-64 and AArch64. Elsewhere
`confine` says that there is none, and what keeps queries from calling out is only that
`SERVICE` is refused before evaluation.

Source: https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html
"""

import ctypes
import errno
import platform
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass

__all__ = ["confine"]

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
# Classic BPF: load a word, jump if equal, jump if greater or equal, return.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | errno.EPERM


@dataclass(frozen=True, slots=True)
class _Calls:
    """What a machine calls the architecture and the denied system calls."""

    architecture: int
    denied: tuple[int, ...]


# In order: socket, socketpair, connect, bind, sendto, sendmsg, execve, execveat, ptrace,
# process_vm_readv, process_vm_writev, io_uring_setup (another way to sockets).
_MACHINES = {
    "x86_64": _Calls(0xC000003E, (41, 53, 42, 49, 44, 46, 59, 322, 101, 310, 311, 425)),
    "aarch64": _Calls(0xC00000B7, (198, 199, 203, 200, 206, 211, 221, 281, 117, 270, 271, 425)),
}
# On x86-64 numbers from here on are the same calls in another form (x32).
_OTHER_FORM = 0x40000000


def confine(memory: int) -> bool:
    """Limits this process to `memory` bytes of address space and takes the network from it.

    Returns whether the network is out of reach. Call it before any thread starts.
    """
    _limit(memory)
    calls = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    return calls is not None and _filter(calls)


def _limit(memory: int) -> None:
    with suppress(ImportError):  # Windows has no limits of this kind
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with suppress(ValueError, OSError):  # macOS refuses a limit on address space
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _filter(calls: _Calls) -> bool:
    program = _program(calls)
    instructions = ctypes.create_string_buffer(program, len(program))
    description = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(instructions))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_ulong]
    return bool(
        prctl(_SET_NO_NEW_PRIVILEGES, 1, None, 0, 0) == 0
        and prctl(_SET_SECCOMP, _MODE_FILTER, description, 0, 0) == 0
    )


def _program(calls: _Calls) -> bytes:
    """The filter: any other architecture and every denied call get EPERM, the rest pass."""
    count = len(calls.denied)
    lines = [  # (code, instructions skipped if true, if false, operand)
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, count + 3, calls.architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, count + 1, 0, _OTHER_FORM),
        *((_EQUAL, count - i, 0, number) for i, number in enumerate(calls.denied)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
