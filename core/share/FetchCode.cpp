#include "core/share/FetchCode.h"

namespace corscope {

static QString quoted(const QByteArray& bytes)
{
    const auto text = QString::fromUtf8(bytes);
    const QChar quote = text.contains(u'"') && !text.contains(u'\'') ? u'\'' : u'"';
    QString code = quote;
    for (const QChar c : text) {
        if (c == quote || c == u'\\')
            code += u'\\' + QString(c);
        else if (c == u'\n')
            code += QStringLiteral("\\n");
        else if (c == u'\r')
            code += QStringLiteral("\\r");
        else if (c == u'\t')
            code += QStringLiteral("\\t");
        else if (c.unicode() < 0x20 || c.unicode() == 0x2028 || c.unicode() == 0x2029)
            code += QStringLiteral("\\u%1").arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
        else
            code += c;
    }
    return code + quote;
}

QString fetchCode(const FetchCall& call)
{
    const FetchCall defaults;
    QStringList options;
    const auto option = [&](const char* name, const QByteArray& value, const QByteArray& standard) {
        if (value != standard)
            options.append(QStringLiteral("  %1: %2").arg(QLatin1String(name), quoted(value)));
    };
    option("method", call.method, defaults.method);
    if (call.headers.size() == 1) {
        const auto& header = call.headers.at(0);
        options.append(QStringLiteral("  headers: { %1: %2 }").arg(quoted(header.name), quoted(header.value)));
    } else if (!call.headers.isEmpty()) {
        QStringList lines;
        for (const auto& header : call.headers)
            lines.append(QStringLiteral("    [%1, %2]").arg(quoted(header.name), quoted(header.value)));
        options.append(QStringLiteral("  headers: [\n%1\n  ]").arg(lines.join(QStringLiteral(",\n"))));
    }
    if (call.body)
        options.append(QStringLiteral("  body: %1").arg(quoted(*call.body)));
    option("mode", call.mode, defaults.mode);
    option("credentials", call.credentials, defaults.credentials);
    option("redirect", call.redirect, defaults.redirect);
    option("cache", call.cache, defaults.cache);
    if (call.abortAfter && *call.abortAfter >= Milliseconds(0))
        options.append(QStringLiteral("  signal: AbortSignal.timeout(%1)").arg(call.abortAfter->count()));
    if (options.isEmpty())
        return QStringLiteral("await fetch(%1);").arg(quoted(call.url));
    return QStringLiteral("await fetch(%1, {\n%2\n});").arg(quoted(call.url), options.join(QStringLiteral(",\n")));
}

} // namespace corscope
