#include "core/share/CurlCommands.h"

#include "core/base/Ascii.h"
#include "core/share/WireText.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope::share {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("CurlCommands", text); }

bool isPlain(const QByteArray& word)
{
    return !word.isEmpty() && std::all_of(word.begin(), word.end(), [](char c) {
        return ascii::isAlphanumeric(c) || c == '-' || c == '_' || c == '.' || c == '/' || c == ':' || c == ',' || c == '@';
    });
}

QByteArray posixWord(QByteArray word)
{
    word.replace('\0', "");
    if (isPlain(word))
        return word;
    return '\'' + word.replace("'", "'\\''") + '\'';
}

// cmd.exe reads first, then the program. Inside quotes cmd takes all but % and " as they are; outside, ^ makes any sign
// plain. So the quotes themselves are written with ^, and cmd never believes that it is inside of any.
QByteArray windowsWord(const QByteArray& word)
{
    if (isPlain(word))
        return word;
    QByteArray quoted = "\"";
    int backslashes = 0;
    for (const char c : word) {
        if (c == '\0' || c == '\n' || c == '\r')
            continue;
        if (c == '\\') {
            ++backslashes;
            continue;
        }
        quoted += QByteArray(c == '"' ? 2 * backslashes + 1 : backslashes, '\\') + c;
        backslashes = 0;
    }
    quoted += QByteArray(2 * backslashes, '\\') + '"';
    QByteArray escaped;
    for (const char c : quoted) {
        if (std::strchr("\"&|<>()^%!", c))
            escaped += '^';
        escaped += c;
    }
    return escaped;
}

bool isOfConnection(QByteArrayView name)
{
    constexpr const char* names[] = {"host", "content-length", "connection", "accept-encoding", "transfer-encoding"};
    return std::any_of(std::begin(names), std::end(names), [&](const char* other) { return ascii::equalIgnoringCase(name, other); });
}

QList<QByteArray> consoleLines(const QString& console)
{
    QList<QByteArray> lines;
    for (const auto& line : console.split(QLatin1Char('\n')))
        lines.append(line.toUtf8());
    return lines;
}

// What curl itself prints; the numbers are its exit codes.
QByteArray curlFailure(const Exchange& exchange)
{
    switch (exchange.failure->why) {
    case Why::NameNotResolved: return "curl: (6) Could not resolve host: " + exchange.failure->offender;
    case Why::ConnectionRefused: return "curl: (7) Failed to connect: Connection refused";
    case Why::TlsFailure: return "curl: (35) TLS handshake failed";
    case Why::ConnectionClosed: return "curl: (52) Empty reply from server";
    case Why::ConnectionReset: return "curl: (56) Recv failure: Connection reset by peer";
    case Why::MalformedResponse: return "curl: (1) Received HTTP/0.9 when not allowed";
    case Why::TimedOut:
    case Why::Aborted: return "curl: (28) Operation timed out";
    default: return {};
    }
}

QString headingOf(const Exchange& exchange)
{
    if (exchange.isPreflight())
        return tr("The preflight:");
    if (exchange.fromCache)
        return tr("The request, which the browser answered from its cache:");
    if (!exchange.sent)
        return tr("The request, which was never sent:");
    return tr("The request:");
}

} // namespace

QByteArray shellWord(const QByteArray& word, Shell shell)
{
    return shell == Shell::Posix ? posixWord(word) : windowsWord(word);
}

QByteArray curlCommand(const Exchange& exchange, const FetchCall& call, Shell shell)
{
    const QByteArray next = shell == Shell::Posix ? " \\\n  " : " ^\n  ";
    const auto& request = exchange.request;
    const bool hasBody = !request.body.isEmpty();
    QByteArray command = "curl -i " + shellWord(exchange.url, shell);
    if (request.method == "HEAD")
        command += " --head";
    else if (request.method != (hasBody ? "POST" : "GET"))
        command += " -X " + shellWord(request.method, shell);
    if (call.abortAfter && *call.abortAfter > Milliseconds(0))
        command += " --max-time " + QByteArray::number(double(call.abortAfter->count()) / 1000);
    for (const auto& [name, value] : request.headers)
        if (!isOfConnection(name))
            command += next + "-H " + shellWord(value.isEmpty() ? QByteArray(name + ';') : QByteArray(name + ": " + value), shell);
    if (hasBody && !request.headers.contains("Content-Type"))
        command += next + "-H Content-Type:"; // which curl would set by itself
    if (hasBody)
        command += next + "--data-raw " + shellWord(request.body, shell);
    return command + '\n';
}

QByteArray curlCommands(const SharedSend& send, Shell shell)
{
    const QByteArray mark = shell == Shell::Posix ? "#" : "rem";
    const auto comment = [&](const QString& text) { return commented(consoleLines(text), mark); };
    QByteArray text = comment(tr("Here every answer is shown; a browser compares its headers first."));
    for (const auto& exchange : send.exchanges) {
        text += '\n' + comment(headingOf(exchange)) + curlCommand(exchange, send.call, shell);
        if (exchange.response)
            text += commented(responseLines(*exchange.response), mark);
        else if (exchange.failure && !curlFailure(exchange).isEmpty())
            text += commented({curlFailure(exchange)}, mark);
    }
    if (!send.console.isEmpty())
        text += '\n' + comment(tr("The browser's console:")) + comment(send.console);
    return text;
}

} // namespace corscope::share
