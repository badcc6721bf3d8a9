"""Kernels compiled by Numba and kept on disk, with all that is compiled into them known to the cache.

Numba asks whether the file of a function has changed, not whether one that it calls in another file has, nor a
constant that it reads there; so what was compiled of an older version would be run on after an upgrade. Here the
key under which a kernel is kept tells all of that.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final, TypeVar

import numba
import numpy as np
from numba.core.caching import FunctionCache
from numba.core.dispatcher import Dispatcher

F = TypeVar("F", bound=Callable[..., Any])

# What is compiled in as a constant; all else is passed to a kernel as an argument.
_CONSTANTS: Final = (bool, int, float, str, bytes, tuple, np.generic, np.ndarray, type(None))

_LIBRARIES: Final = ("math", "numba", "numpy")


def njit(*, cache: bool = True, **options: Any) -> Callable[[F], Dispatcher[F]]:
    """Return the decorator `numba.njit` with these options, that keeps what it compiles under `digest_of` it."""

    def decorate(function: F) -> Dispatcher[F]:
        kernel: Dispatcher[F] = numba.njit(error_model="numpy", **options)(function)
        if cache:
            kernel._cache = _KernelCache(function)  # type: ignore[attr-defined, no-untyped-call]
        return kernel

    return decorate


def digest_of(kernel: Any) -> str:
    """Return a digest of all that is compiled into a kernel: its code, its constants, and the kernels it calls.

    Raises
    ------
    TypeError
        Where it reads what a digest can't be made of.
    """
    told = hashlib.sha256()
    waiting, known = [_function_of(kernel)], set()
    while waiting:
        function = waiting.pop()
        if function in known:
            continue
        known.add(function)
        told.update(f"{function.__module__}.{function.__qualname__}".encode())
        for code in _codes_of(function.__code__):
            told.update(code.co_code)
            told.update(repr([each for each in code.co_consts if not isinstance(each, CodeType)]).encode())
            for name in code.co_names:
                if name not in function.__globals__:
                    continue  # a builtin, or an attribute
                value = function.__globals__[name]
                told.update(f"\0{name}\0".encode())
                if isinstance(value, Dispatcher | FunctionType):
                    waiting.append(_function_of(value))
                elif isinstance(value, _CONSTANTS):
                    told.update(pickle.dumps(value, protocol=5))
                elif isinstance(value, type):
                    told.update(f"{value.__name__}{getattr(value, '_fields', '')}".encode())
                elif isinstance(value, ModuleType) and value.__name__.partition(".")[0] in _LIBRARIES:
                    told.update(value.__name__.encode())
                else:
                    raise TypeError(
                        f"{function.__qualname__} reads {name}, a {type(value).__name__}: pass it"
                    )
    return told.hexdigest()


class _KernelCache(FunctionCache):
    """Numba's cache, whose key also tells what is compiled in from elsewhere."""

    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        # Asked for when it is first called: only then is all of its file defined.
        own = super()._index_key(sig, codegen)  # type: ignore[no-untyped-call]
        return (*own, digest_of(self._py_func))


def _function_of(kernel: Any) -> FunctionType:
    function: FunctionType = kernel.py_func if isinstance(kernel, Dispatcher) else kernel
    return function


def _codes_of(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes_of(each)
