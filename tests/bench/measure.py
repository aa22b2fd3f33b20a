"""What the tables share: processes on one core, medians with their spread, rows of Markdown."""
import os
import socket
import statistics
import subprocess
import time


def figure(values, digits=0):
    """Median, and how far the runs lie apart: '12,345 (11,900 to 12,800)'."""
    return (f"{statistics.median(values):,.{digits}f} "
            f"({min(values):,.{digits}f} to {max(values):,.{digits}f})")


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*cells):
    row(*cells)
    row(*("---" for _ in cells))


def wait_for_port(port, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
            return True
        except OSError:
            time.sleep(0.05)
    return False


class Running:
    """A program that serves while the block runs; kept to one core where a core is named."""

    def __init__(self, command, port, core=None, cwd=None, env=None):
        self.command = (["taskset", "-c", str(core)] if core is not None else []) + command
        self.port, self.cwd, self.env = port, cwd, {**os.environ, **(env or {})}

    def __enter__(self):
        self.process = subprocess.Popen(self.command, cwd=self.cwd, env=self.env, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not wait_for_port(self.port):
            self.__exit__()
            raise RuntimeError("does not listen: " + " ".join(self.command))
        return self.process

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
