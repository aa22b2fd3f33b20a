#include "core/backend/code/CodeTokens.h"

#include <QCoreApplication>

namespace corscope::code {

QString linePlace(int line) { return QCoreApplication::translate("FrameworkCode", "line %1").arg(line); }

QByteArray quoted(const QString& text)
{
    QByteArray result = "\"";
    for (const char32_t c : text.toUcs4()) {
        switch (c) {
        case '"': result += "\\\""; break;
        case '\\': result += "\\\\"; break;
        case '\n': result += "\\n"; break;
        case '\r': result += "\\r"; break;
        case '\t': result += "\\t"; break;
        default:
            if (c < 0x20 || c == 0x7f)
                result += "\\x" + QByteArray::number(uint(c), 16).rightJustified(2, '0');
            else
                result += QString::fromUcs4(&c, 1).toUtf8();
        }
    }
    return result + '"';
}

bool appendCharacter(QString& text, const QString& hexadecimal)
{
    bool ok = false;
    const char32_t code = hexadecimal.toUInt(&ok, 16);
    if (!ok || code > 0x10ffff)
        return false;
    text += QString::fromUcs4(&code, 1);
    return true;
}

} // namespace corscope::code
