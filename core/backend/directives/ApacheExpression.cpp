#include "core/backend/directives/ApacheExpression.h"

#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <optional>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("ApacheExpression", text); }

struct Word
{
    QByteArray text;
    bool isVariable = false;
};
using Words = std::vector<Word>; ///< put together they are one value

} // namespace

struct ApacheExpression::Node
{
    enum class Kind { And, Or, Not, Equal, NotEqual, Matches, NotMatches, Empty, NotEmpty, True, False };
    Kind kind = Kind::True;
    std::shared_ptr<const Node> left, right;
    Words first, second;
    QRegularExpression pattern;
};

namespace {

using Node = ApacheExpression::Node;
using NodePointer = std::shared_ptr<const Node>;
using Kind = Node::Kind;

class Reader
{
public:
    explicit Reader(const QByteArray& text) : m_text(text) {}

    NodePointer whole()
    {
        auto node = alternatives();
        skipBlanks();
        if (node && m_at < m_text.size())
            return fail(tr("the end of the expression"));
        return node;
    }
    const std::optional<ApacheExpression::Wrong>& wrong() const { return m_wrong; }

private:
    NodePointer alternatives()
    {
        auto left = conjunction();
        while (left && take("||")) {
            auto right = conjunction();
            if (!right)
                return nullptr;
            left = joined(Kind::Or, left, right);
        }
        return left;
    }
    NodePointer conjunction()
    {
        auto left = negation();
        while (left && take("&&")) {
            auto right = negation();
            if (!right)
                return nullptr;
            left = joined(Kind::And, left, right);
        }
        return left;
    }
    NodePointer negation()
    {
        if (++m_depth > 64)
            return fail(tr("a shorter expression"));
        NodePointer node;
        if (!peeks("!=") && !peeks("!~") && take("!")) {
            auto inner = negation();
            node = inner ? joined(Kind::Not, inner, nullptr) : nullptr;
        } else if (take("(")) {
            node = alternatives();
            if (node && !take(")"))
                node = fail(tr("\")\""));
        } else {
            node = comparison();
        }
        --m_depth;
        return node;
    }
    NodePointer comparison()
    {
        auto node = std::make_shared<Node>();
        if (take("-z") || take("-n")) {
            node->kind = m_text[m_at - 1] == 'z' ? Kind::Empty : Kind::NotEmpty;
            return word(node->first) ? node : nullptr;
        }
        skipBlanks();
        if (take("true"))
            return node;
        if (take("false")) {
            node->kind = Kind::False;
            return node;
        }
        if (!word(node->first))
            return nullptr;
        const bool matches = take("=~");
        if (matches || take("!~")) {
            node->kind = matches ? Kind::Matches : Kind::NotMatches;
            return pattern(*node) ? node : nullptr;
        }
        const bool equal = take("==") || take("=");
        if (!equal && !take("!="))
            return fail(tr("one of ==, !=, =~, !~"));
        node->kind = equal ? Kind::Equal : Kind::NotEqual;
        return word(node->second) ? node : nullptr;
    }
    bool word(Words& words)
    {
        skipBlanks();
        const char quote = m_at < m_text.size() ? m_text[m_at] : 0;
        if (quote == '\'' || quote == '"') {
            const auto end = m_text.indexOf(quote, m_at + 1);
            if (end < 0)
                return bool(fail(tr("the closing %1").arg(QLatin1Char(quote))));
            split(m_text.mid(m_at + 1, end - m_at - 1), words);
            m_at = end + 1;
            return true;
        }
        if (m_text.mid(m_at, 2) == "%{") {
            const auto end = m_text.indexOf('}', m_at);
            if (end < 0)
                return bool(fail(tr("\"}\"")));
            words.push_back({m_text.mid(m_at + 2, end - m_at - 2), true});
            m_at = end + 1;
            return true;
        }
        const auto begin = m_at;
        while (m_at < m_text.size() && (ascii::isAlphanumeric(m_text[m_at]) || m_text[m_at] == '.'))
            ++m_at;
        if (m_at == begin)
            return bool(fail(tr("a word in quotes, a number or %{...}")));
        words.push_back({m_text.mid(begin, m_at - begin), false});
        return true;
    }
    static void split(const QByteArray& text, Words& words)
    {
        qsizetype at = 0;
        while (at < text.size()) {
            const auto open = text.indexOf("%{", at);
            const auto close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                words.push_back({text.mid(at), false});
                return;
            }
            words.push_back({text.mid(at, open - at), false});
            words.push_back({text.mid(open + 2, close - open - 2), true});
            at = close + 1;
        }
    }
    bool pattern(Node& node)
    {
        skipBlanks();
        if (m_text.mid(m_at, 1) == "m")
            ++m_at;
        const char delimiter = m_at < m_text.size() ? m_text[m_at] : 0;
        const auto end = delimiter ? m_text.indexOf(delimiter, m_at + 1) : -1;
        if (end < 0)
            return bool(fail(tr("a pattern between two equal characters, such as /.../")));
        node.pattern.setPattern(QString::fromUtf8(m_text.mid(m_at + 1, end - m_at - 1)));
        m_at = end + 1;
        if (m_text.mid(m_at, 1) == "i") {
            node.pattern.setPatternOptions(QRegularExpression::CaseInsensitiveOption);
            ++m_at;
        }
        return node.pattern.isValid() || fail(tr("a regular expression (%1)").arg(node.pattern.errorString()));
    }

    static NodePointer joined(Kind kind, NodePointer left, NodePointer right)
    {
        auto node = std::make_shared<Node>();
        node->kind = kind;
        node->left = std::move(left);
        node->right = std::move(right);
        return node;
    }
    bool peeks(QByteArrayView text) { skipBlanks(); return QByteArrayView(m_text).sliced(m_at).startsWith(text); }
    bool take(QByteArrayView text)
    {
        if (!peeks(text))
            return false;
        m_at += text.size();
        return true;
    }
    void skipBlanks()
    {
        while (m_at < m_text.size() && ascii::isHttpWhitespace(m_text[m_at]))
            ++m_at;
    }
    NodePointer fail(const QString& expected)
    {
        if (!m_wrong)
            m_wrong = ApacheExpression::Wrong{expected, m_text.mid(m_at)};
        return nullptr;
    }

    const QByteArray& m_text;
    qsizetype m_at = 0;
    int m_depth = 0;
    std::optional<ApacheExpression::Wrong> m_wrong;
};

QByteArray value(const Words& words, const ApacheExpression::Lookup& variable)
{
    QByteArray result;
    for (const auto& word : words)
        result += word.isVariable ? variable(word.text) : word.text;
    return result;
}

bool holds(const Node& node, const ApacheExpression::Lookup& variable)
{
    const auto first = [&] { return value(node.first, variable); };
    switch (node.kind) {
    case Kind::And: return holds(*node.left, variable) && holds(*node.right, variable);
    case Kind::Or: return holds(*node.left, variable) || holds(*node.right, variable);
    case Kind::Not: return !holds(*node.left, variable);
    case Kind::Equal: return first() == value(node.second, variable);
    case Kind::NotEqual: return first() != value(node.second, variable);
    case Kind::Matches: return node.pattern.match(QString::fromUtf8(first())).hasMatch();
    case Kind::NotMatches: return !node.pattern.match(QString::fromUtf8(first())).hasMatch();
    case Kind::Empty: return first().isEmpty();
    case Kind::NotEmpty: return !first().isEmpty();
    case Kind::True: return true;
    case Kind::False: return false;
    }
    return false;
}

} // namespace

Result<ApacheExpression, ApacheExpression::Wrong> ApacheExpression::parse(const QByteArray& text)
{
    Reader reader(text);
    ApacheExpression expression;
    expression.m_root = reader.whole();
    if (!expression.m_root)
        return *reader.wrong();
    return expression;
}

bool ApacheExpression::holds(const Lookup& variable) const { return corscope::holds(*m_root, variable); }

} // namespace corscope
