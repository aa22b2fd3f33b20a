#include "core/backend/directives/ApacheConfig.h"

#include "core/base/Ascii.h"
#include "core/http/HeaderList.h"

#include <QCoreApplication>
#include <QHash>

namespace corscope {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("ApacheConfig", text); }

bool isWithoutEffect(const QByteArray& name)
{
    static const QList<QByteArray> names = {
        "listen", "servername", "serveralias", "serveradmin", "documentroot", "errorlog", "customlog", "logformat",
        "loglevel", "proxypass", "proxypassreverse", "proxypreservehost", "proxyrequests", "proxytimeout", "loadmodule",
        "directoryindex", "options", "allowoverride", "authname", "authtype", "authuserfile", "authbasicprovider",
        "rewriteengine", "rewritebase", "rewriteoptions", "addtype", "addcharset", "adddefaultcharset", "addhandler",
        "sethandler", "servertokens", "serversignature", "keepalive", "timeout", "alias",
        "fileetag", "expiresactive", "expiresdefault", "expiresbytype", "setoutputfilter",
        "addoutputfilterbytype", "php_value", "php_flag", "requestreadtimeout", "usecanonicalname", "protocols"};
    return names.contains(name) || name.startsWith("ssl");
}

/// The words of a line, without their quotes.
Result<QList<QByteArray>, QString> wordsOf(const QByteArray& line)
{
    QList<QByteArray> words;
    qsizetype at = 0;
    while (at < line.size()) {
        if (ascii::isHttpWhitespace(line[at])) {
            ++at;
            continue;
        }
        const char quote = line[at];
        QByteArray word;
        if (quote == '"' || quote == '\'') {
            ++at;
            while (at < line.size() && line[at] != quote) {
                if (line[at] == '\\' && at + 1 < line.size() && line[at + 1] == quote)
                    ++at;
                word += line[at++];
            }
            if (at++ >= line.size())
                return tr("the closing %1").arg(QLatin1Char(quote));
        } else {
            while (at < line.size() && !ascii::isHttpWhitespace(line[at]))
                word += line[at++];
        }
        words.append(word);
    }
    return words;
}

class Reader
{
public:
    explicit Reader(ApacheConfig& config) : m_config(config) {}

    Result<Done> whole(const QByteArray& text)
    {
        auto lines = text.split('\n');
        for (qsizetype i = 0; i < lines.size(); ++i) {
            ++m_line;
            auto line = lines[i].trimmed();
            while (line.endsWith('\\') && i + 1 < lines.size())
                line = line.chopped(1) + ' ' + lines[++i].trimmed();
            if (line.isEmpty() || line.startsWith('#'))
                continue;
            if (auto read = line.startsWith('<') ? section(line) : directive(line); !read)
                return read;
            m_line = int(i) + 1;
        }
        if (!m_open.empty())
            return wrong(tr("</%1>").arg(QString::fromUtf8(m_open.back().name)), {});
        return Done{};
    }

private:
    struct Section
    {
        QByteArray name;
        bool hasScope = false;
    };

    InputError wrong(const QString& expected, const QByteArray& found) const
    {
        return {tr("line %1").arg(m_line), expected,
                found.isEmpty() ? tr("nothing") : QStringLiteral("\"%1\"").arg(QString::fromUtf8(found))};
    }
    Result<QRegularExpression> regex(const QByteArray& pattern, bool anyCase = false) const
    {
        QRegularExpression compiled(QString::fromUtf8(pattern), anyCase ? QRegularExpression::CaseInsensitiveOption
                                                                       : QRegularExpression::NoPatternOption);
        if (!compiled.isValid())
            return wrong(tr("a regular expression (%1)").arg(compiled.errorString()), pattern);
        return compiled;
    }

    Result<Done> section(const QByteArray& line);
    Result<Done> scope(const QByteArray& name, const QByteArray& argument, const QList<QByteArray>& words);
    Result<Done> directive(const QByteArray& line);
    Result<Done> header(const QList<QByteArray>& words, const QByteArray& line);
    Result<Done> setEnvironment(const QByteArray& name, const QList<QByteArray>& words);
    Result<Done> rewriteCondition(const QList<QByteArray>& words);
    Result<Done> rewriteRule(const QList<QByteArray>& words, const QByteArray& line);
    Result<Done> require(const QList<QByteArray>& words);

    ApacheConfig& m_config;
    std::vector<Section> m_open;
    ApacheScopes m_scopes;
    QList<QByteArray> m_limitedMethods;
    bool m_limitExcept = false;
    std::vector<ApacheRewrite::Condition> m_conditions; ///< that wait for their rule
    int m_line = 0;
};

Result<Done> Reader::section(const QByteArray& line)
{
    if (!line.endsWith('>'))
        return wrong(tr("\">\" at the end of the line"), line);
    if (line.startsWith("</")) {
        const auto name = ascii::lowered(line.mid(2).chopped(1).trimmed());
        if (m_open.empty() || m_open.back().name != name)
            return wrong(m_open.empty() ? tr("a directive") : tr("</%1>").arg(QString::fromUtf8(m_open.back().name)), line);
        if (m_open.back().hasScope)
            m_scopes.pop_back();
        if (name == "limit" || name == "limitexcept")
            m_limitedMethods.clear();
        m_open.pop_back();
        return Done{};
    }
    auto words = wordsOf(line.mid(1).chopped(1));
    if (!words)
        return wrong(words.error(), line);
    const auto name = ascii::lowered(words->value(0));
    const auto argument = words->value(1);
    m_open.push_back({name, false});
    if (name == "limit" || name == "limitexcept") {
        m_limitedMethods = words->mid(1);
        m_limitExcept = name == "limitexcept";
        return Done{};
    }
    if (QList<QByteArray>{"ifmodule", "ifdefine", "virtualhost", "directory", "directorymatch", "proxy", "requireall",
                          "requireany"}.contains(name))
        return Done{};
    return scope(name, argument, *words);
}

Result<Done> Reader::scope(const QByteArray& name, const QByteArray& argument, const QList<QByteArray>& words)
{
    ApacheScope scope;
    scope.written = '<' + ascii::join(words, " ") + '>';
    if (name == "location" && argument != "~") {
        scope.prefix = argument;
    } else if (name == "locationmatch" || name == "location" || name == "filesmatch") {
        auto pattern = regex(argument == "~" ? words.value(2) : argument);
        if (!pattern)
            return pattern.error();
        scope.kind = name == "filesmatch" ? ApacheScope::Kind::FilePattern : ApacheScope::Kind::PathPattern;
        scope.pattern = *pattern;
    } else if (name == "files") {
        scope.kind = ApacheScope::Kind::FilePattern;
        scope.pattern.setPattern(QRegularExpression::wildcardToRegularExpression(QString::fromUtf8(argument)));
    } else if (name == "if") {
        auto expression = ApacheExpression::parse(argument);
        if (!expression)
            return wrong(expression.error().expected, expression.error().found);
        scope.kind = ApacheScope::Kind::Expression;
        scope.expression = *expression;
    } else {
        return wrong(tr("a section of Apache that is known here"), name);
    }
    m_scopes.push_back(scope);
    m_open.back().hasScope = true;
    return Done{};
}

Result<Done> Reader::directive(const QByteArray& line)
{
    auto words = wordsOf(line);
    if (!words)
        return wrong(words.error(), line);
    const auto name = ascii::lowered(words->value(0));
    const auto rest = words->mid(1);
    if (name == "header" || name == "requestheader")
        return header(*words, line);
    if (name == "setenvif" || name == "setenvifnocase" || name == "setenv" || name == "browsermatch")
        return setEnvironment(name, rest);
    if (name == "rewritecond")
        return rewriteCondition(rest);
    if (name == "rewriterule")
        return rewriteRule(rest, line);
    if (name == "require")
        return require(rest);
    if (isWithoutEffect(name))
        return Done{};
    return wrong(tr("a directive of Apache that is known here"), words->value(0));
}

Result<Done> Reader::header(const QList<QByteArray>& written, const QByteArray& line)
{
    using Action = ApacheHeader::Action;
    static const QHash<QByteArray, Action> actions = {
        {"set", Action::Set}, {"setifempty", Action::SetIfEmpty}, {"append", Action::Append}, {"merge", Action::Merge},
        {"add", Action::Add}, {"unset", Action::Unset}, {"echo", Action::Echo}, {"edit", Action::Edit}, {"edit*", Action::Edit}};
    auto words = written;
    ApacheHeader header;
    header.written = line;
    header.scopes = m_scopes;
    header.ofRequest = ascii::equalIgnoringCase(words.takeFirst(), "RequestHeader");
    const auto table = ascii::lowered(words.value(0));
    if (!header.ofRequest && (table == "always" || table == "onsuccess")) {
        header.always = table == "always";
        words.removeFirst();
    }
    const auto action = actions.constFind(ascii::lowered(words.value(0)));
    if (action == actions.constEnd())
        return wrong(tr("set, setifempty, append, merge, add, unset, echo or edit"), words.value(0));
    header.action = *action;
    header.name = words.value(1);
    if (header.name.endsWith(':'))
        header.name.chop(1);
    words = words.mid(2);
    if (header.action == Action::Echo) {
        auto pattern = regex(header.name, true);
        if (!pattern)
            return pattern.error();
        header.pattern = *pattern;
    } else if (!isHeaderName(header.name)) {
        return wrong(tr("a header name"), header.name);
    }
    if (header.action == Action::Edit) {
        auto pattern = regex(words.value(0));
        if (!pattern)
            return pattern.error();
        header.pattern = *pattern;
        words = words.mid(1);
    }
    if (header.action != Action::Unset && header.action != Action::Echo) {
        if (words.isEmpty())
            return wrong(tr("the value of the header"), {});
        header.value = words.takeFirst();
    }
    for (const auto& word : words) {
        if (word.startsWith("env=")) {
            header.withoutEnvironment = word.startsWith("env=!");
            header.environment = word.mid(header.withoutEnvironment ? 5 : 4);
        } else if (word.startsWith("expr=")) {
            auto expression = ApacheExpression::parse(word.mid(5));
            if (!expression)
                return wrong(expression.error().expected, expression.error().found);
            header.expression = *expression;
        } else {
            return wrong(tr("env=NAME, expr=EXPRESSION, or the end of the line"), word);
        }
    }
    m_config.headers.push_back(std::move(header));
    return Done{};
}

ApacheSetEnvironment::Assignment assignment(const QByteArray& text)
{
    if (text.startsWith('!'))
        return {text.mid(1), {}, true};
    const auto equals = text.indexOf('=');
    return {equals < 0 ? text : text.left(equals), equals < 0 ? QByteArray("1") : text.mid(equals + 1), false};
}

Result<Done> Reader::setEnvironment(const QByteArray& name, const QList<QByteArray>& words)
{
    ApacheSetEnvironment set;
    set.scopes = m_scopes;
    if (name == "setenv") {
        if (words.isEmpty())
            return wrong(tr("the name of a variable"), {});
        set.assignments.push_back({words[0], words.value(1), false});
        m_config.environment.push_back(std::move(set));
        return Done{};
    }
    const bool browser = name == "browsermatch";
    set.attribute = browser ? QByteArray("User-Agent") : words.value(0);
    const auto rest = words.mid(browser ? 0 : 1);
    if (rest.size() < 2)
        return wrong(tr("a regular expression and a variable"), ascii::join(rest, " "));
    auto pattern = regex(rest[0], name == "setenvifnocase");
    if (!pattern)
        return pattern.error();
    set.pattern = *pattern;
    for (const auto& text : rest.mid(1))
        set.assignments.push_back(assignment(text));
    m_config.environment.push_back(std::move(set));
    return Done{};
}

Result<Done> Reader::rewriteCondition(const QList<QByteArray>& words)
{
    if (words.size() < 2)
        return wrong(tr("a text and a pattern"), ascii::join(words, " "));
    ApacheRewrite::Condition condition;
    condition.text = words[0];
    auto pattern = words[1];
    condition.negated = pattern.startsWith('!');
    if (condition.negated)
        pattern.remove(0, 1);
    const auto flags = ascii::uppered(words.value(2));
    condition.orNext = flags.contains("OR");
    if (pattern.startsWith('=')) {
        condition.isEquality = true;
        condition.equals = pattern.mid(1);
        if (condition.equals == "\"\"")
            condition.equals.clear();
    } else if (pattern.startsWith('-') && pattern.size() == 2) {
        return wrong(tr("a pattern (files cannot be looked at here)"), pattern);
    } else {
        auto compiled = regex(pattern, flags.contains("NC"));
        if (!compiled)
            return compiled.error();
        condition.pattern = *compiled;
    }
    m_conditions.push_back(condition);
    return Done{};
}

Result<Done> Reader::rewriteRule(const QList<QByteArray>& words, const QByteArray& line)
{
    ApacheRewrite rule;
    rule.written = line;
    rule.scopes = m_scopes;
    rule.conditions = std::exchange(m_conditions, {});
    if (words.size() < 2)
        return wrong(tr("a pattern and where it leads"), ascii::join(words, " "));
    auto pattern = words[0];
    rule.negated = pattern.startsWith('!');
    if (rule.negated)
        pattern.remove(0, 1);
    rule.target = words[1];
    auto flags = words.value(2);
    if (flags.startsWith('['))
        flags = flags.mid(1).chopped(1);
    bool anyCase = false;
    for (const auto& flag : flags.split(',')) {
        const auto equals = flag.indexOf('=');
        const auto name = ascii::uppered((equals < 0 ? flag : flag.left(equals)).trimmed());
        const auto value = equals < 0 ? QByteArray() : flag.mid(equals + 1).trimmed();
        if (name == "R" || name == "REDIRECT") {
            rule.status = value.isEmpty() ? 302 : value.toInt();
            if (rule.status < 200 || rule.status > 599)
                return wrong(tr("a status from 200 to 599"), value);
        } else if (name == "F" || name == "FORBIDDEN") {
            rule.status = 403;
        } else if (name == "G" || name == "GONE") {
            rule.status = 410;
        } else if (name == "E" || name == "ENV") {
            const auto colon = value.indexOf(':');
            rule.assignments.push_back({value.left(colon < 0 ? value.size() : colon),
                                        colon < 0 ? QByteArray("1") : value.mid(colon + 1), false});
        } else if (name == "NC" || name == "NOCASE") {
            anyCase = true;
        } else if (!QList<QByteArray>{"", "L", "LAST", "END", "NE", "NOESCAPE", "QSA", "QSAPPEND", "PT", "QSD"}.contains(name)) {
            return wrong(tr("a flag that is known here, such as R or E"), flag);
        }
    }
    auto compiled = regex(pattern, anyCase);
    if (!compiled)
        return compiled.error();
    rule.pattern = *compiled;
    if (rule.target != "-" && rule.status == 0)
        return wrong(tr("\"-\", or the flag R (rewriting within the server is not known here)"), rule.target);
    m_config.rewrites.push_back(std::move(rule));
    return Done{};
}

Result<Done> Reader::require(const QList<QByteArray>& words)
{
    ApacheRequire require{ApacheRequire::Kind::ValidUser, m_limitedMethods, m_limitExcept, m_scopes};
    const auto text = ascii::lowered(ascii::join(words, " "));
    if (text == "all granted")
        require.kind = ApacheRequire::Kind::Granted;
    else if (text == "all denied")
        require.kind = ApacheRequire::Kind::Denied;
    else if (!text.startsWith("valid-user") && !text.startsWith("user ") && !text.startsWith("group "))
        return wrong(tr("valid-user, user, group, all granted or all denied"), text);
    m_config.require.push_back(std::move(require));
    return Done{};
}

} // namespace

Result<std::shared_ptr<const ApacheConfig>> ApacheConfig::read(const QByteArray& text)
{
    auto config = std::make_shared<ApacheConfig>();
    if (auto read = Reader(*config).whole(text); !read)
        return read.error();
    return std::shared_ptr<const ApacheConfig>(config);
}

} // namespace corscope
