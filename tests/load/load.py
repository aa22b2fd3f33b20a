"""Loads `corscope-cli serve` and prints what that cost it, and what it cost a client that behaves.

    load.py CORSCOPE-CLI SECONDS

The client that behaves asks, waits for the answer, and asks again, on one kept connection; its times under load are given
as ratios to its times before, taken on the same server in the same minute. Memory and descriptors are the server's, as the
system counts them. Exits with 1 where a bound is not kept.
"""
import multiprocessing
import os
import re
import resource
import selectors
import signal
import socket
import statistics
import subprocess
import sys
import time

GET = b"GET /articles HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:8000\r\n\r\n"
PATIENCE = 10  # seconds until a client that behaves counts as not served


class Server:
    def __init__(self, program, descriptors=None):
        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
        self.process = subprocess.Popen([program, "serve", "fastapi-no-middleware"], stdout=subprocess.PIPE,
                                        preexec_fn=few if descriptors else None)
        said = b""
        while b"Serving" not in said:
            line = self.process.stdout.readline()
            if not line:
                sys.exit("the server did not start")
            said += line
        self.port = int(re.search(rb"on port (\d+)", said).group(1))
        # Its access log goes on; somebody has to read it.
        self.reader = multiprocessing.Process(target=drain, args=(self.process.stdout,), daemon=True)
        self.reader.start()

    def memory(self, what="VmRSS"):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(what + r":\s+(\d+) kB", status.read()).group(1)) / 1024

    def forget_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as refs:
            refs.write("5")

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        self.reader.terminate()


def drain(stream):
    while os.read(stream.fileno(), 1 << 16):
        pass


def connected(port, blocking=False):
    client = socket.create_connection(("127.0.0.1", port), PATIENCE)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.setblocking(blocking)
    return client


def behave(port, seconds):
    """Milliseconds of each exchange; of one that never ends, infinity."""
    times = []
    client = connected(port, True)
    client.settimeout(PATIENCE)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        try:
            client.sendall(GET)
            answer = b""
            while b"\r\n\r\n" not in answer:
                answer += client.recv(65536) or exec_closed()
            head, body = answer.split(b"\r\n\r\n", 1)
            length = int(re.search(rb"(?i)content-length: (\d+)", head).group(1))
            while len(body) < length:
                body += client.recv(65536) or exec_closed()
        except OSError:
            times.append(float("inf"))
            client = connected(port, True)
            client.settimeout(PATIENCE)
            continue
        times.append(1000 * (time.perf_counter() - begun))
        time.sleep(0.002)
    return times


def exec_closed():
    raise ConnectionResetError


def crowd(port, seconds, size, step, pause):
    """So many clients, each of which does a step whenever its socket is ready."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    clients = [[connected(port), 0] for _ in range(size)]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for client in clients:
            try:
                client[1] += step(client[0], client[1]) or 0
            except BlockingIOError:
                pass
            except OSError:
                client[0].close()
                client[0], client[1] = connected(port), 0
        time.sleep(pause)


def idle(client, done):
    pass


def ask(client, done):
    if done == 0:
        return client.send(GET)
    if client.recv(65536) == b"":
        raise ConnectionResetError
    client.send(GET)


def byte_by_byte(client, done):
    return client.send(GET[done % len(GET):][:1])


def endless(opening, more):
    def step(client, done):
        try:
            if client.recv(65536) == b"":
                raise ConnectionResetError
        except BlockingIOError:
            pass
        return client.send(opening if done == 0 else more)
    return step


def unread(client, done):
    return client.send(GET * 200)


HEADERS = endless(b"GET / HTTP/1.1\r\nHost: a\r\n", b"X: " + b"x" * 8000 + b"\r\n")
BODIES = endless(b"POST /articles HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                 b"8000\r\n" + b"c" * 0x8000 + b"\r\n")

# What they do, who they are (size, step, pause), and what the server may grow by meanwhile, in MB.
LOADS = [
    ("1,000 idle clients", [(1000, idle, 1)], 40),
    ("1,000 idle and 200 busy clients", [(1000, idle, 1), (200, ask, 0)], 64),
    ("200 senders, byte by byte", [(200, byte_by_byte, 0.01)], 40),
    ("50 endless headers", [(50, HEADERS, 0)], 64),
    ("50 endless bodies", [(50, BODIES, 0)], 320),
    ("50 that ask and never read", [(50, unread, 0)], 128),
]


def main():
    program, seconds = sys.argv[1], float(sys.argv[2])
    failed = []
    server = Server(program)
    behave(server.port, 1)
    print("| for %g s each | memory, MB: before | most | after | descriptors: before | after | a client that behaves: "
          "median, times as long | 99th of 100 | longest, ms | not served |" % seconds)
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, crowds, bound in LOADS:
        before = behave(server.port, max(1, min(5, seconds / 4)))
        memory, descriptors = server.memory(), server.descriptors()
        server.forget_peak()
        processes = [multiprocessing.Process(target=crowd, args=(server.port, seconds, *each)) for each in crowds]
        for process in processes:
            process.start()
        time.sleep(0.5)
        during = behave(server.port, seconds - 0.5)
        most = server.memory("VmHWM")
        for process in processes:
            process.join()
        deadline = time.monotonic() + 20
        while server.descriptors() > descriptors and time.monotonic() < deadline:
            time.sleep(0.1)
        unserved = sum(t == float("inf") for t in during)
        served = [t for t in during if t != float("inf")] or [float("inf")]
        print("| %s | %.0f | %.0f | %.0f | %d | %d | %.1f | %.1f | %.0f | %d of %d |" % (
            name, memory, most, server.memory(), descriptors, server.descriptors(),
            statistics.median(served) / statistics.median(before), hundredth(served) / hundredth(before), max(served),
            unserved, len(during)), flush=True)
        if most - memory > bound:
            failed.append(f"{name}: memory grew by {most - memory:.0f} MB, the bound is {bound}")
        if server.descriptors() > descriptors:
            failed.append(f"{name}: descriptors are not given back")
        if unserved:
            failed.append(f"{name}: {unserved} answers did not come")
    server.stop()

    server = Server(program, descriptors=100)
    clients = []
    for _ in range(300):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", server.port))
        clients.append(client)
    time.sleep(min(5, seconds))
    ticks = cpu(server.process.pid)
    time.sleep(1)
    busy = cpu(server.process.pid) - ticks
    for client in clients:
        client.close()
    answered = behave(server.port, 2)
    good = answered and float("inf") not in answered
    print("\n300 clients of a server with 100 descriptors: it used %.0f %% of a core meanwhile, and afterwards %s." % (
        busy, "served as before" if good else "served nobody"))
    if not good:
        failed.append("too few descriptors: nobody is served afterwards")
    server.stop()
    for line in failed:
        print("FAILED", line)
    return 1 if failed else 0


def hundredth(times):
    return sorted(times)[int(len(times) * 0.99) - 1 if len(times) > 100 else -1]


def cpu(process):
    with open(f"/proc/{process}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return 100 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
