#include "core/callcode/CallTokens.h"

#include <QStringList>

#include <algorithm>

namespace corscope {

namespace {

QString quoted(const QString& text)
{
    const bool single = text.contains(u'"') && !text.contains(u'\'');
    return callcode::inQuotes(text, single ? u'\'' : u'"', callcode::Unseen::AsNumbers);
}

QString quoted(const QByteArray& utf8) { return quoted(QString::fromUtf8(utf8)); }

/// Header names and values are bytes, one for each character.
QString quotedBytes(const QByteArray& bytes) { return quoted(QString::fromLatin1(bytes)); }

bool isUtf8(const QByteArray& bytes) { return QString::fromUtf8(bytes).toUtf8() == bytes; }

QString byteArray(const QByteArray& bytes)
{
    QStringList numbers;
    for (const char byte : bytes)
        numbers.append(QString::number(static_cast<unsigned char>(byte)));
    return QStringLiteral("new Uint8Array([%1])").arg(numbers.join(QStringLiteral(", ")));
}

/// Whether URLSearchParams writes it back as it stands.
bool isFormText(const QByteArray& body)
{
    return std::all_of(body.begin(), body.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || QByteArray("*-._+%&=").contains(c);
    });
}

/// The expression that gives these bytes, and by its kind this Content-Type.
QString bodyCode(const FetchCall& call)
{
    const auto& body = *call.body;
    const bool isText = isUtf8(body);
    if (isText && call.bodyType == FetchCall().bodyType)
        return quoted(body);
    if (call.bodyType.isEmpty())
        return isText ? QStringLiteral("new TextEncoder().encode(%1)").arg(quoted(body)) : byteArray(body);
    if (call.bodyType == "application/x-www-form-urlencoded;charset=UTF-8" && isFormText(body))
        return QStringLiteral("new URLSearchParams(%1)").arg(quoted(body));
    return QStringLiteral("new Blob([%1], { type: %2 })").arg(isText ? quoted(body) : byteArray(body), quotedBytes(call.bodyType));
}

QString xhrCode(const FetchCall& call)
{
    QStringList lines{QStringLiteral("const xhr = new XMLHttpRequest();"),
                      QStringLiteral("xhr.open(%1, %2);").arg(quoted(call.method), quoted(call.url))};
    if (call.credentials == "include")
        lines.append(QStringLiteral("xhr.withCredentials = true;"));
    if (call.timeout)
        lines.append(QStringLiteral("xhr.timeout = %1;").arg(call.timeout->count()));
    for (const auto& header : call.headers)
        lines.append(QStringLiteral("xhr.setRequestHeader(%1, %2);").arg(quotedBytes(header.name), quotedBytes(header.value)));
    if (call.useCorsPreflight)
        lines.append(QStringLiteral("xhr.upload.onprogress = () => {};"));
    lines.append(QStringLiteral("xhr.send(%1);").arg(call.body ? bodyCode(call) : QString()));
    if (call.abortAfter)
        lines.append(QStringLiteral("setTimeout(() => xhr.abort(), %1);").arg(call.abortAfter->count()));
    return lines.join(u'\n');
}

QString headersCode(const HeaderList& headers)
{
    if (headers.size() == 1)
        return QStringLiteral("{ %1: %2 }").arg(quotedBytes(headers.at(0).name), quotedBytes(headers.at(0).value));
    QStringList lines;
    for (const auto& header : headers)
        lines.append(QStringLiteral("    [%1, %2]").arg(quotedBytes(header.name), quotedBytes(header.value)));
    return QStringLiteral("[\n%1\n  ]").arg(lines.join(QStringLiteral(",\n")));
}

} // namespace

QString callCode(const FetchCall& call)
{
    return call.initiator == FetchCall::Initiator::XmlHttpRequest ? xhrCode(call) : fetchCode(call);
}

QString fetchCode(const FetchCall& call)
{
    const FetchCall defaults;
    QStringList options;
    const auto say = [&](const char* name, const QString& value) {
        options.append(QStringLiteral("  %1: %2").arg(QLatin1String(name), value));
    };
    const auto option = [&](const char* name, const QByteArray& value, const QByteArray& standard) {
        if (value != standard)
            say(name, quoted(value));
    };
    option("method", call.method, defaults.method);
    if (!call.headers.isEmpty())
        say("headers", headersCode(call.headers));
    if (call.body)
        say("body", bodyCode(call));
    option("mode", call.mode, defaults.mode);
    option("credentials", call.credentials, defaults.credentials);
    option("redirect", call.redirect, defaults.redirect);
    option("cache", call.cache, defaults.cache);
    if (call.referrer)
        say("referrer", quoted(*call.referrer));
    option("referrerPolicy", call.referrerPolicy, defaults.referrerPolicy);
    option("targetAddressSpace", call.targetAddressSpace, defaults.targetAddressSpace);
    if (call.keepalive)
        say("keepalive", QStringLiteral("true"));
    QString before;
    if (call.abortAfter) {
        before = QStringLiteral("const controller = new AbortController();\n");
        before += call.abortAfter->count() < 0
            ? QStringLiteral("controller.abort();\n")
            : QStringLiteral("setTimeout(() => controller.abort(), %1);\n").arg(call.abortAfter->count());
        say("signal", QStringLiteral("controller.signal"));
    }
    if (options.isEmpty())
        return before + QStringLiteral("await fetch(%1);").arg(quoted(call.url));
    return before + QStringLiteral("await fetch(%1, {\n%2\n});").arg(quoted(call.url), options.join(QStringLiteral(",\n")));
}

} // namespace corscope
