#include "core/backend/directives/HaproxyConfig.h"

#include "core/base/Ascii.h"
#include "core/http/HeaderList.h"

#include <QCoreApplication>
#include <QHash>
#include <optional>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("HaproxyConfig", text); }
QString quoted(const QByteArray& bytes) { return QStringLiteral("\"%1\"").arg(QString::fromUtf8(bytes)); }

/// Where a rule runs: it decides what it can still look at.
enum class Phase { Request, Response };

bool isWithoutEffect(const QByteArray& name)
{
    static const QList<QByteArray> names = {
        "bind", "mode", "log", "option", "timeout", "server", "default_backend", "use_backend", "maxconn", "balance",
        "default-server", "http-check", "retries", "compression", "errorfile", "stats", "description", "id", "daemon",
        "user", "group", "chroot", "nbthread", "tune.ssl.default-dh-param", "ssl-default-bind-options", "unique-id-format",
        "ssl-default-bind-ciphers", "ca-base", "crt-base", "pidfile", "cookie", "stick-table", "stick", "declare",
        "http-reuse", "capture", "log-format", "monitor-uri", "fullconn", "source"};
    return names.contains(name);
}

/// The words of one line; quotes and backslashes as in HAProxy, a comment ends it.
Result<QList<QByteArray>, QString> wordsOf(const QByteArray& line)
{
    QList<QByteArray> words;
    QByteArray word;
    bool inWord = false;
    char quote = 0;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote) {
            if (c == quote)
                quote = 0;
            else if (quote == '"' && c == '\\' && i + 1 < line.size())
                word += line[++i];
            else
                word += c;
        } else if (c == '"' || c == '\'') {
            quote = c;
            inWord = true;
        } else if (c == '#') {
            break;
        } else if (ascii::isHttpWhitespace(c)) {
            if (inWord)
                words.append(std::exchange(word, {}));
            inWord = false;
        } else {
            if (c == '\\' && i + 1 < line.size() && (line[i + 1] == ' ' || line[i + 1] == '#' || line[i + 1] == '\\'
                                                    || line[i + 1] == '"' || line[i + 1] == '\''))
                word += line[++i];
            else
                word += c;
            inWord = true;
        }
    }
    if (quote)
        return tr("the closing %1").arg(QLatin1Char(quote));
    if (inWord)
        words.append(word);
    return words;
}

class Reader
{
public:
    explicit Reader(HaproxyConfig& config) : m_config(config) {}

    Result<Done> whole(const QByteArray& text)
    {
        m_section = &m_config.frontend;
        for (const auto& line : text.split('\n')) {
            ++m_line;
            auto words = wordsOf(line);
            if (!words)
                return InputError{place(), words.error(), tr("the end of the line")};
            if (words->isEmpty())
                continue;
            m_words = *words;
            m_at = 0;
            if (auto read = directive(); !read)
                return read;
        }
        return Done{};
    }

private:
    QString place() const { return tr("line %1").arg(m_line); }
    InputError wrong(const QString& expected, const QByteArray& found) const
    {
        return {place(), expected, found.isEmpty() ? tr("the end of the line") : quoted(found)};
    }
    QByteArray peek() const { return m_words.value(m_at); }
    QByteArray take() { return m_words.value(m_at++); }
    bool atEnd() const { return m_at >= m_words.size(); }

    Result<Done> directive()
    {
        const auto name = take();
        if (name == "frontend" || name == "backend" || name == "listen") {
            m_section = name == "backend" ? &m_config.backend : &m_config.frontend;
            m_acls.clear();
            m_ignored = false;
            return Done{};
        }
        if (name == "global" || name == "defaults") {
            m_ignored = true;
            return Done{};
        }
        if (m_ignored || isWithoutEffect(name))
            return Done{};
        if (name == "acl") {
            const auto aclName = take();
            auto match = matched(Phase::Request);
            if (!match)
                return match.error();
            m_acls[aclName].push_back(*match);
            return Done{};
        }
        if (name == "redirect") {
            --m_at;
            return rule(m_section->request, Phase::Request);
        }
        if (name == "http-request")
            return rule(m_section->request, Phase::Request);
        if (name == "http-response")
            return rule(m_section->response, Phase::Response);
        if (name == "http-after-response")
            return rule(m_section->afterResponse, Phase::Response);
        return wrong(tr("a directive of HAProxy that is known here"), name);
    }

    Result<Done> rule(std::vector<HaproxyRule>& rules, Phase phase)
    {
        HaproxyRule rule;
        rule.written = ascii::join(m_words, " ");
        if (auto read = action(rule, phase); !read)
            return read;
        if (auto read = condition(rule.condition, phase); !read)
            return read;
        rules.push_back(std::move(rule));
        return Done{};
    }

    Result<Done> action(HaproxyRule& rule, Phase phase);
    Result<Done> answer(HaproxyRule& rule, Phase phase);
    Result<Done> condition(HaproxyCondition& condition, Phase phase);
    Result<HaproxyMatch> matched(Phase phase);
    Result<HaproxySample> sample(const QByteArray& text, Phase phase);
    Result<HaproxyFormat> format(const QByteArray& text, Phase phase);
    std::optional<std::vector<HaproxyMatch>> named(const QByteArray& name) const;

    HaproxyConfig& m_config;
    HaproxySection* m_section = nullptr;
    QHash<QByteArray, std::vector<HaproxyMatch>> m_acls; ///< of the section
    QList<QByteArray> m_words;
    qsizetype m_at = 0;
    int m_line = 0;
    bool m_ignored = false; ///< in a section that changes nothing here
};

Result<Done> Reader::action(HaproxyRule& rule, Phase phase)
{
    using Kind = HaproxyRule::Kind;
    const auto word = take();
    if (word == "set-header" || word == "add-header") {
        rule.kind = word == "set-header" ? Kind::SetHeader : Kind::AddHeader;
        rule.name = ascii::lowered(take());
        if (!isHeaderName(rule.name))
            return wrong(tr("a header name"), rule.name);
        if (atEnd())
            return wrong(tr("the value of the header"), {});
        auto value = format(take(), phase);
        if (!value)
            return value.error();
        rule.value = *value;
        return Done{};
    }
    if (word == "del-header") {
        rule.kind = Kind::DeleteHeader;
        rule.name = take();
        return isHeaderName(rule.name) ? Result<Done>(Done{}) : wrong(tr("a header name"), rule.name);
    }
    if (word.startsWith("set-var(") && word.endsWith(')')) {
        rule.kind = Kind::SetVariable;
        rule.name = word.mid(8).chopped(1);
        auto value = sample(take(), phase);
        if (!value)
            return value.error();
        rule.sample = *value;
        return Done{};
    }
    if (phase == Phase::Request && word == "capture") {
        rule.kind = Kind::Capture;
        auto value = sample(take(), phase);
        if (!value)
            return value.error();
        rule.sample = *value;
        if (take() != "len" || take().toInt() <= 0)
            return wrong(tr("\"len\" and a length"), m_words.value(m_at - 1));
        return Done{};
    }
    if (word == "deny" || word == "return") {
        rule.kind = word == "deny" ? Kind::Deny : Kind::Return;
        rule.status = word == "deny" ? (phase == Phase::Request ? 403 : 502) : 200;
        return answer(rule, phase);
    }
    if (phase == Phase::Request && word == "redirect") {
        rule.kind = Kind::Redirect;
        rule.status = 302;
        rule.name = take();
        if (rule.name != "scheme" && rule.name != "location" && rule.name != "prefix")
            return wrong(tr("scheme, location or prefix"), rule.name);
        auto value = format(take(), phase);
        if (!value)
            return value.error();
        rule.value = *value;
        return answer(rule, phase);
    }
    return wrong(tr("an action that is known here, such as set-header"), word);
}

// What follows "deny", "return" and "redirect".
Result<Done> Reader::answer(HaproxyRule& rule, Phase phase)
{
    while (!atEnd() && peek() != "if" && peek() != "unless") {
        const auto word = take();
        if (word == "status" || word == "deny_status" || word == "code") {
            const auto given = take();
            rule.status = given.toInt();
            if (rule.status < 200 || rule.status > 599)
                return wrong(tr("a status from 200 to 599"), given);
        } else if (word == "content-type") {
            rule.contentType = take();
        } else if (word == "string" || word == "lf-string") {
            auto value = format(take(), phase);
            if (!value)
                return value.error();
            rule.value = *value;
        } else if (word == "hdr") {
            const auto name = ascii::lowered(take());
            auto value = format(take(), phase);
            if (!value)
                return value.error();
            rule.headers.push_back({name, *value});
        } else if (word != "drop-query" && word != "append-slash" && word != "default-errorfiles") {
            return wrong(tr("status, content-type, string, lf-string, hdr, or a condition"), word);
        }
    }
    return Done{};
}

Result<Done> Reader::condition(HaproxyCondition& condition, Phase phase)
{
    if (atEnd())
        return Done{};
    const auto word = take();
    if (word != "if" && word != "unless")
        return wrong(tr("\"if\", \"unless\" or the end of the line"), word);
    condition.unless = word == "unless";
    condition.written = ascii::join(m_words.mid(m_at), " ");
    condition.terms.emplace_back();
    while (!atEnd()) {
        auto name = take();
        if (name == "or" || name == "||") {
            condition.terms.emplace_back();
            continue;
        }
        bool negated = false;
        while (name == "!" || (name.startsWith('!') && name.size() > 1)) {
            negated = !negated;
            name = name == "!" ? take() : name.mid(1);
        }
        if (name == "{") {
            auto match = matched(phase);
            if (!match)
                return match.error();
            condition.terms.back().matches.push_back({*match, negated});
            continue;
        }
        const auto known = named(name);
        if (!known)
            return wrong(tr("an acl that is defined, or a test in { }"), name);
        // Several lines of one acl are alternatives: with one negation none may hold, otherwise one has to.
        if (known->size() > 1 && !negated)
            return wrong(tr("an acl of one line (values on it are alternatives)"), name);
        for (const auto& match : *known)
            condition.terms.back().matches.push_back({match, negated});
    }
    return condition.terms.back().matches.empty() ? wrong(tr("a condition"), {}) : Result<Done>(Done{});
}

std::optional<std::vector<HaproxyMatch>> Reader::named(const QByteArray& name) const
{
    if (const auto found = m_acls.constFind(name); found != m_acls.constEnd())
        return *found;
    HaproxyMatch match;
    if (name.startsWith("METH_")) {
        match.sample.kind = HaproxySample::Kind::Method;
        match.values = {name.mid(5)};
        if (name == "METH_GET")
            match.values.append("HEAD");
        return std::vector{match};
    }
    if (name == "TRUE" || name == "FALSE") {
        match.sample = {HaproxySample::Kind::Text, "x", 0};
        match.values = {name == "TRUE" ? "x" : "y"};
        return std::vector{match};
    }
    return std::nullopt;
}

// A criterion, flags and values, up to the end of the line or the closing brace.
Result<HaproxyMatch> Reader::matched(Phase phase)
{
    using Method = HaproxyMatch::Method;
    static const QHash<QByteArray, Method> methods = {
        {"str", Method::String}, {"beg", Method::Begins}, {"end", Method::Ends}, {"sub", Method::Contains},
        {"reg", Method::Pattern}, {"found", Method::Found}, {"bool", Method::Boolean}};
    HaproxyMatch match;
    auto criterion = take();
    // hdr_end(origin) is hdr(origin) with the method "end".
    for (auto it = methods.begin(); it != methods.end(); ++it) {
        const QByteArray suffix = '_' + it.key();
        const auto end = criterion.indexOf('(') < 0 ? criterion.size() : criterion.indexOf('(');
        if (criterion.left(end).endsWith(suffix) && criterion.left(end) != suffix) {
            criterion.remove(end - suffix.size(), suffix.size());
            match.method = *it;
            break;
        }
    }
    auto read = sample(criterion, phase);
    if (!read)
        return read.error();
    match.sample = *read;
    if (match.sample.kind == HaproxySample::Kind::Secure)
        match.method = Method::Boolean;
    while (peek() == "-i" || peek() == "-m") {
        if (take() == "-i") {
            match.anyCase = true;
            continue;
        }
        const auto method = methods.constFind(take());
        if (method == methods.constEnd())
            return wrong(tr("a method of matching: str, beg, end, sub, reg, found, bool"), m_words.value(m_at - 1));
        match.method = *method;
    }
    while (!atEnd() && peek() != "}")
        match.values.append(take());
    if (peek() == "}")
        take();
    if (match.values.isEmpty() && match.method != Method::Found && match.method != Method::Boolean)
        return wrong(tr("a value to compare with"), {});
    for (const auto& value : match.values) {
        if (match.method != Method::Pattern)
            break;
        match.patterns.emplace_back(QString::fromUtf8(value), match.anyCase ? QRegularExpression::CaseInsensitiveOption
                                                                           : QRegularExpression::NoPatternOption);
        if (!match.patterns.back().isValid())
            return wrong(tr("a regular expression (%1)").arg(match.patterns.back().errorString()), value);
    }
    return match;
}

Result<HaproxySample> Reader::sample(const QByteArray& text, Phase phase)
{
    using Kind = HaproxySample::Kind;
    const auto open = text.indexOf('(');
    const auto name = text.left(open < 0 ? text.size() : open);
    const auto argument = open >= 0 && text.endsWith(')') ? text.mid(open + 1).chopped(1) : QByteArray();
    const bool fromRequest = name == "req.hdr" || name == "hdr" || name == "req.fhdr" || name == "fhdr"
        || name == "method" || name == "path" || name == "req.method" || name == "req.path";
    // NB: method and path are still there when the response comes, headers are not.
    if (fromRequest && phase == Phase::Response && name != "method" && name != "path")
        return wrong(tr("what is still there when the answer comes, such as capture.req.hdr(0) or var(txn.name)"), text);
    if (name == "req.hdr" || name == "hdr")
        return HaproxySample{Kind::RequestHeader, argument, 0};
    if (name == "req.fhdr" || name == "fhdr")
        return HaproxySample{Kind::WholeRequestHeader, argument, 0};
    if ((name == "res.hdr" || name == "res.fhdr") && phase == Phase::Response)
        return HaproxySample{Kind::ResponseHeader, argument, 0};
    if (name == "status" && phase == Phase::Response)
        return HaproxySample{Kind::Status, {}, 0};
    if (name == "capture.req.hdr")
        return HaproxySample{Kind::Captured, {}, argument.toInt()};
    if (name == "var")
        return HaproxySample{Kind::Variable, argument, 0};
    if (name == "method" || name == "req.method" || name == "capture.req.method")
        return HaproxySample{Kind::Method, {}, 0};
    if (name == "path" || name == "req.path")
        return HaproxySample{Kind::Path, {}, 0};
    if (name == "ssl_fc")
        return HaproxySample{Kind::Secure, {}, 0};
    if (name == "str")
        return HaproxySample{Kind::Text, argument, 0};
    return wrong(tr("something to look at that is known here, such as req.hdr(origin)"), text);
}

Result<HaproxyFormat> Reader::format(const QByteArray& text, Phase phase)
{
    HaproxyFormat format;
    QByteArray plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
        } else if (text.mid(i + 1, 1) == "%") {
            plain += '%';
            ++i;
        } else {
            const auto end = text.mid(i + 1, 1) == "[" ? text.indexOf(']', i) : -1;
            if (end < 0)
                return wrong(tr("\"%[...]\" or \"%%\""), text);
            auto value = sample(text.mid(i + 2, end - i - 2), phase);
            if (!value)
                return value.error();
            format.parts.push_back({std::exchange(plain, {}), {}, false});
            format.parts.push_back({{}, *value, true});
            i = end;
        }
    }
    format.parts.push_back({plain, {}, false});
    return format;
}

} // namespace

Result<std::shared_ptr<const HaproxyConfig>> HaproxyConfig::read(const QByteArray& text)
{
    auto config = std::make_shared<HaproxyConfig>();
    if (auto read = Reader(*config).whole(text); !read)
        return read.error();
    return std::shared_ptr<const HaproxyConfig>(config);
}

} // namespace corscope
