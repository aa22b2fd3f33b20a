#include "core/callcode/CallWords.h"

#include <QCoreApplication>

namespace corscope::callcode {

static constexpr qint64 tenYears = 10LL * 366 * 24 * 3600 * 1000; // in milliseconds

QString tr(const char* text)
{
    return QCoreApplication::translate("CallCode", text);
}

bool CallWords::is(const char* sign, size_t ahead) const
{
    const auto& next = token(ahead);
    return (next.kind == Kind::Sign || next.kind == Kind::Name) && next.text == QLatin1String(sign);
}

bool CallWords::isMember(const QString& name, const char* member) const
{
    return !name.isEmpty() && token().text == name && is(".", 1) && is(member, 2);
}

bool CallWords::fail(const CallToken& at, const QString& sentence)
{
    if (!m_mistake)
        m_mistake = mistakeAt(m_code, at.at, at.length, sentence);
    return false;
}

bool CallWords::take(const char* sign)
{
    if (!is(sign))
        return fail(token(), isEnd() ? tr("%1 is missing at the end.").arg(QLatin1String(sign))
                                     : tr("%1 belongs here.").arg(QLatin1String(sign)));
    advance();
    return true;
}

bool CallWords::skip(std::initializer_list<const char*> words)
{
    size_t ahead = 0;
    for (const char* word : words)
        if (!is(word, ahead++))
            return false;
    advance(words.size());
    return true;
}

bool CallWords::skipBrackets()
{
    int depth = 0;
    do {
        if (isEnd())
            return take(")");
        depth += is("(") || is("{") || is("[") ? 1 : is(")") || is("}") || is("]") ? -1 : 0;
        advance();
    } while (depth > 0);
    return true;
}

bool CallWords::string(QString& text, const QString& expected)
{
    if (token().kind != Kind::String)
        return fail(token(), tr("Expected %1.").arg(expected));
    text = token().text;
    advance();
    while (is("+")) { // texts put together
        advance();
        if (token().kind != Kind::String)
            return fail(token(), tr("This value is worked out at run time; write it out here."));
        text += token().text;
        advance();
    }
    return true;
}

bool CallWords::word(QByteArray& value, const QStringList& words)
{
    QStringList known = words;
    known.removeAll(QString());
    const auto expected = tr("one of %1").arg(known.join(QStringLiteral(", ")));
    const auto start = token();
    QString text;
    if (!string(text, expected))
        return false;
    if (!words.contains(text))
        return fail(start, tr("Expected %1.").arg(expected));
    value = text.toLatin1();
    return true;
}

bool CallWords::boolean(bool& value)
{
    if (!is("true") && !is("false"))
        return fail(token(), tr("Expected true or false."));
    value = is("true");
    advance();
    return true;
}

bool CallWords::milliseconds(Milliseconds& value)
{
    bool ok = false;
    const auto number = QString(token().text).remove(u'_').toLongLong(&ok);
    if (token().kind != Kind::Number || !ok || number < 0 || number > tenYears)
        return fail(token(), tr("Expected a whole number of milliseconds, %1 or more.").arg(0));
    value = Milliseconds(number);
    advance();
    return true;
}

} // namespace corscope::callcode
