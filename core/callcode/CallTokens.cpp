#include "core/callcode/CallTokens.h"

#include <QCoreApplication>

namespace corscope::callcode {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("CallCode", text); }

bool isNameStart(QChar c) { return c.isLetter() || c == u'_' || c == u'$'; }

/// Walks through the characters once.
class Scanner
{
public:
    explicit Scanner(const QString& code) : m_code(code) {}

    Result<std::vector<CallToken>, CodeMistake> all()
    {
        std::vector<CallToken> tokens;
        while (skipLayout()) {
            CallToken token;
            token.at = m_at;
            if (!read(token))
                return *m_mistake;
            token.length = m_at - token.at;
            tokens.push_back(token);
        }
        if (m_mistake)
            return *m_mistake;
        // the end stands behind the last word, where something is missing
        const auto last = tokens.empty() ? qsizetype(0) : tokens.back().at + tokens.back().length;
        tokens.push_back({CallToken::Kind::End, {}, last, 1});
        return tokens;
    }

private:
    QChar at(qsizetype ahead = 0) const { return m_at + ahead < m_code.size() ? m_code[m_at + ahead] : QChar(); }
    bool fail(qsizetype from, qsizetype length, const QString& sentence)
    {
        m_mistake = mistakeAt(m_code, from, length, sentence);
        return false;
    }

    /// \returns whether there is a word.
    bool skipLayout()
    {
        while (m_at < m_code.size()) {
            if (at().isSpace()) {
                ++m_at;
            } else if (at() == u'/' && at(1) == u'/') {
                const auto end = m_code.indexOf(u'\n', m_at);
                m_at = end < 0 ? m_code.size() : end;
            } else if (at() == u'/' && at(1) == u'*') {
                const auto end = m_code.indexOf(QLatin1String("*/"), m_at + 2);
                if (end < 0)
                    return fail(m_at, 2, tr("This comment has no end: \"*/\" is missing."));
                m_at = end + 2;
            } else {
                return true;
            }
        }
        return false;
    }

    bool read(CallToken& token)
    {
        const auto c = at();
        if (c == u'"' || c == u'\'' || c == u'`')
            return string(token, c);
        const auto start = m_at;
        if (isNameStart(c) || c.isDigit()) {
            token.kind = c.isDigit() ? CallToken::Kind::Number : CallToken::Kind::Name;
            while (isNameStart(at()) || at().isDigit() || (c.isDigit() && at() == u'.'))
                ++m_at;
        } else {
            token.kind = CallToken::Kind::Sign;
            m_at += c == u'=' && at(1) == u'>' ? 2 : c == u'.' && at(1) == u'.' && at(2) == u'.' ? 3 : 1;
        }
        token.text = m_code.mid(start, m_at - start);
        return true;
    }

    bool string(CallToken& token, QChar quote)
    {
        token.kind = CallToken::Kind::String;
        for (++m_at; m_at < m_code.size(); ++m_at) {
            if (at() == quote) {
                ++m_at;
                return true;
            }
            if (quote == u'`' && at() == u'$' && at(1) == u'{')
                return fail(m_at, 2, tr("This value is worked out at run time; write it out here."));
            if (at() == u'\n' && quote != u'`')
                break;
            if (at() == u'\\') {
                if (!escape(token.text))
                    return false;
            } else {
                token.text += at();
            }
        }
        return fail(token.at, m_at - token.at, tr("This text has no end: %1 is missing.").arg(quote));
    }

    /// From the backslash to the last character of the escape.
    bool escape(QString& text)
    {
        const auto start = m_at++;
        switch (at().unicode()) {
        case 'n': text += u'\n'; return true;
        case 'r': text += u'\r'; return true;
        case 't': text += u'\t'; return true;
        case 'b': text += u'\b'; return true;
        case 'f': text += u'\f'; return true;
        case 'v': text += u'\v'; return true;
        case '0': text += QChar(u'\0'); return true;
        case '\n': return true; // a line that goes on
        case 'x': return hexadecimal(text, start, 2);
        case 'u': return hexadecimal(text, start, 4);
        default: text += at(); return true;
        }
    }

    bool hexadecimal(QString& text, qsizetype start, int digits)
    {
        auto from = m_at + 1;
        qsizetype length = digits;
        const bool braces = digits == 4 && from < m_code.size() && m_code[from] == u'{';
        if (braces) {
            ++from;
            length = m_code.indexOf(u'}', from) - from;
        }
        bool ok = false;
        const char32_t code = m_code.mid(from, qMax<qsizetype>(length, 0)).toUInt(&ok, 16);
        if (!ok || length <= 0 || from + length > m_code.size() || code > 0x10ffff)
            return fail(start, 2, tr("An escape such as \\u00e9 needs hexadecimal digits."));
        text += braces ? QString::fromUcs4(&code, 1) : QString(QChar(char16_t(code)));
        m_at = from + length - (braces ? 0 : 1);
        return true;
    }

    const QString& m_code;
    qsizetype m_at = 0;
    std::optional<CodeMistake> m_mistake;
};

} // namespace

QString inQuotes(const QString& text, QChar quote, Unseen unseen)
{
    const auto isUnseen = [](char16_t c) { return c == 0x7f || c == 0x2028 || c == 0x2029; };
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
        else if (c.unicode() < 0x20 || (unseen == Unseen::AsNumbers && isUnseen(c.unicode())))
            code += QStringLiteral("\\u%1").arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
        else
            code += c;
    }
    return code + quote;
}

CodeMistake mistakeAt(const QString& code, qsizetype at, qsizetype length, const QString& sentence)
{
    const auto before = QStringView(code).left(at);
    CodeMistake mistake;
    mistake.line = int(before.count(u'\n')) + 1;
    mistake.column = int(at - (before.lastIndexOf(u'\n') + 1)) + 1;
    mistake.length = int(qMax<qsizetype>(length, 1));
    mistake.sentence = sentence;
    return mistake;
}

Result<std::vector<CallToken>, CodeMistake> callTokens(const QString& code)
{
    return Scanner(code).all();
}

} // namespace corscope::callcode
