#include "core/backend/frameworks/Apache.h"

#include "core/backend/directives/ApacheConfig.h"
#include "core/backend/directives/DirectiveSettings.h"
#include "core/backend/stages/ErrorPage.h"
#include "core/base/Ascii.h"

#include <QHash>
#include <algorithm>

namespace corscope {

namespace {

constexpr const char* allowOrigin = "Access-Control-Allow-Origin";

class Run
{
public:
    Run(const ApacheConfig& config, const RequestMessage& request, StageContext& context)
        : m_config(config), m_request(request), m_context(context), m_spec(context.spec())
    {
        // Lines of one name are one to Apache, and to whoever stands behind it.
        m_request.headers.clear();
        for (const auto& header : request.headers)
            m_request.headers.combine(header.name, header.value);
    }

    ResponseMessage handle(int upstreamError, bool files)
    {
        setEnvironment();
        auto answer = rewritten();
        if (!answer)
            answer = refused();
        if (!answer && m_spec.ask("4", upstreamError != 0))
            answer = errorPage(upstreamError);
        bool own = answer.has_value();
        if (!own) {
            changeRequest();
            auto result = m_context.next(m_request);
            answer = m_spec.ask("4.1", result.raised) ? internalServerError() : result.response;
            // A page that Apache writes for a missing file is its own, too.
            own = files && answer->status >= 400;
        }
        dress(*answer, own);
        if (own)
            m_context.decide("6", answer->headers.contains(allowOrigin) ? Verdict::Success : Verdict::Failure,
                             {{"status", QByteArray::number(answer->status), std::nullopt}}, *answer, allowOrigin);
        return *answer;
    }

private:
    using Assignments = std::vector<ApacheSetEnvironment::Assignment>;

    // 1. Variables by what the request looks like.
    void setEnvironment()
    {
        for (const auto& set : m_config.environment) {
            if (!covers(set.scopes))
                continue;
            QStringList captures;
            if (!set.attribute.isEmpty()) {
                const auto value = attribute(set.attribute);
                const auto match = set.pattern.match(QString::fromUtf8(value));
                if (!m_spec.ask("1", match.hasMatch(), {{"value", value, set.pattern.pattern().toUtf8()}}))
                    continue;
                captures = match.capturedTexts();
            }
            assign(set.assignments, captures, '$');
        }
    }

    void assign(const Assignments& assignments, const QStringList& captures, char sign)
    {
        for (const auto& assignment : assignments) {
            if (assignment.unset) {
                m_environment.remove(assignment.name);
                continue;
            }
            QByteArray value;
            for (qsizetype i = 0; i < assignment.value.size(); ++i) {
                const bool reference = assignment.value[i] == sign && i + 1 < assignment.value.size()
                    && ascii::isDigit(assignment.value[i + 1]);
                if (reference)
                    value += captures.value(assignment.value[++i] - '0').toUtf8();
                else
                    value += assignment.value[i];
            }
            m_environment[assignment.name] = expanded(value);
            m_spec.let("1.1", "variable", assignment.name + " = " + value);
        }
    }

    QByteArray attribute(const QByteArray& name) const
    {
        if (name == "Request_Method")
            return m_request.method;
        if (name == "Request_URI")
            return m_request.path();
        if (name == "Remote_Addr" || name == "Server_Addr" || name == "Remote_Host")
            return "127.0.0.1";
        if (name == "Request_Protocol")
            return "HTTP/1.1";
        if (const auto header = m_request.headers.get(name))
            return *header;
        return m_environment.value(name);
    }

    // 2. Rewriting, as far as it answers or sets variables.
    std::optional<ResponseMessage> rewritten()
    {
        for (const auto& rule : m_config.rewrites) {
            if (!covers(rule.scopes))
                continue;
            const auto match = rule.pattern.match(QString::fromUtf8(m_request.path()));
            const bool applies = match.hasMatch() != rule.negated && conditionsHold(rule);
            if (!m_spec.ask("2", applies, {{"rule", rule.written, std::nullopt}}))
                continue;
            assign(rule.assignments, match.capturedTexts(), '$');
            if (rule.status == 0)
                continue;
            if (rule.status < 300 || rule.status > 399)
                return rule.status < 400 ? ResponseMessage{rule.status, reasonPhrase(rule.status), {}, {}}
                                         : errorPage(rule.status);
            auto answer = errorPage(rule.status);
            answer.headers.append("Location", target(rule, match.capturedTexts()));
            return answer;
        }
        return std::nullopt;
    }

    bool conditionsHold(const ApacheRewrite& rule) const
    {
        bool holds = true;
        bool alternative = false; // the condition before was marked OR, and held
        for (const auto& condition : rule.conditions) {
            if (!alternative) {
                const auto text = expanded(condition.text);
                const bool fits = condition.isEquality ? text == condition.equals
                                                       : condition.pattern.match(QString::fromUtf8(text)).hasMatch();
                holds = fits != condition.negated;
            }
            alternative = condition.orNext && holds;
            if (!holds && !condition.orNext)
                return false;
        }
        return holds;
    }

    QByteArray target(const ApacheRewrite& rule, const QStringList& captures) const
    {
        auto text = expanded(rule.target);
        for (int i = 0; i < 10; ++i)
            text.replace(QByteArray('$' + QByteArray::number(i)), captures.value(i).toUtf8());
        return text;
    }

    // 3. Who may.
    std::optional<ResponseMessage> refused()
    {
        for (const auto& require : m_config.require) {
            const bool named = require.methods.contains(m_request.method)
                || (m_request.method == "HEAD" && require.methods.contains("GET"));
            const bool concerned = require.methods.isEmpty() || named != require.except;
            if (!concerned || !covers(require.scopes) || require.kind == ApacheRequire::Kind::Granted)
                continue;
            if (require.kind == ApacheRequire::Kind::Denied) {
                m_spec.ask("3", true);
                return errorPage(403);
            }
            const auto given = m_request.headers.get("Authorization");
            if (m_spec.ask("3", !bringsPassword(m_request),
                           {{"Authorization", given, "Basic"}})) {
                auto answer = errorPage(401);
                answer.headers.append("WWW-Authenticate", "Basic realm=\"restricted\"");
                return answer;
            }
        }
        return std::nullopt;
    }

    void changeRequest()
    {
        for (const auto& header : m_config.headers)
            if (header.ofRequest && applies(header))
                carryOut(header, m_request.headers, "4.2");
    }

    // 5. Two tables: what errors of Apache's own keep, and the rest.
    void dress(ResponseMessage& answer, bool own)
    {
        HeaderList always;
        for (const bool last : {false, true}) { // those within <If> come last
            for (const auto& header : m_config.headers) {
                const bool inIf = std::any_of(header.scopes.begin(), header.scopes.end(), [](const auto& scope) {
                    return scope.kind == ApacheScope::Kind::Expression;
                });
                if (header.ofRequest || inIf != last || !applies(header))
                    continue;
                if (!header.always && !m_spec.ask("5.1", !own, {{"directive", header.written, std::nullopt}}))
                    continue;
                carryOut(header, header.always ? always : answer.headers, header.always ? "5.2" : "5.3");
            }
        }
        for (const auto& header : answer.headers)
            always.append(header.name, header.value);
        answer.headers = always;
        tidyVary(answer.headers);
    }

    /// Apache writes one Vary line, each name once.
    static void tidyVary(HeaderList& headers)
    {
        if (!headers.contains("Vary"))
            return;
        QList<QByteArray> names;
        for (const auto& line : headers.values("Vary")) {
            for (const auto& part : line.split(',')) {
                const auto name = part.trimmed();
                const bool known = std::any_of(names.begin(), names.end(), [&](const auto& n) { return ascii::equalIgnoringCase(n, name); });
                if (!name.isEmpty() && !known)
                    names.append(name);
            }
        }
        headers.set("Vary", ascii::join(names, ","));
    }

    bool applies(const ApacheHeader& header) const
    {
        if (!covers(header.scopes))
            return false;
        if (!header.environment.isEmpty() && m_environment.contains(header.environment) == header.withoutEnvironment)
            return false;
        return !header.expression || header.expression->holds([this](const auto& name) { return variable(name); });
    }

    void carryOut(const ApacheHeader& header, HeaderList& headers, const char* number)
    {
        using Action = ApacheHeader::Action;
        const auto value = formatted(header.value);
        const auto before = headers.get(header.name);
        switch (header.action) {
        case Action::SetIfEmpty:
            if (before && !before->isEmpty())
                return;
            [[fallthrough]];
        case Action::Set:
            headers.remove(header.name);
            headers.append(header.name, value);
            break;
        case Action::Add: headers.append(header.name, value); break;
        case Action::Append: headers.combine(header.name, value); break;
        case Action::Merge: {
            bool there = false;
            for (const auto& part : before.value_or(QByteArray()).split(','))
                there = there || part.trimmed() == value;
            if (!there)
                headers.combine(header.name, value);
            break;
        }
        case Action::Unset: headers.remove(header.name); break;
        case Action::Echo:
            for (const auto& asked : m_request.headers)
                if (header.pattern.match(QString::fromLatin1(asked.name)).hasMatch())
                    headers.append(asked.name, asked.value);
            return;
        case Action::Edit:
            if (before)
                headers.set(header.name, QString::fromUtf8(*before)
                                             .replace(header.pattern, QString::fromUtf8(header.value).replace(QLatin1Char('$'), QLatin1Char('\\')))
                                             .toUtf8());
            break;
        }
        if (m_spec.listening())
            m_spec.let(number, header.name.constData(), headers.get(header.name));
    }

    /// %{NAME}e and %% of a header's value; a variable that is not set is written "(null)".
    QByteArray formatted(const QByteArray& text) const
    {
        QByteArray result;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const auto close = text[i] == '%' && text.mid(i + 1, 1) == "{" ? text.indexOf('}', i) : -1;
            if (text[i] == '%' && text.mid(i + 1, 1) == "%") {
                result += '%';
                ++i;
            } else if (close > 0 && (text.mid(close + 1, 1) == "e" || text.mid(close + 1, 1) == "s")) {
                const auto name = text.mid(i + 2, close - i - 2);
                result += m_environment.value(name, "(null)");
                i = close + 1;
            } else {
                result += text[i];
            }
        }
        return result;
    }

    QByteArray expanded(const QByteArray& text) const
    {
        QByteArray result;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const auto close = text[i] == '%' && text.mid(i + 1, 1) == "{" ? text.indexOf('}', i) : -1;
            if (close > 0) {
                result += variable(text.mid(i + 2, close - i - 2));
                i = close;
            } else {
                result += text[i];
            }
        }
        return result;
    }

    QByteArray variable(const QByteArray& name) const
    {
        const auto colon = name.indexOf(':');
        const auto family = ascii::lowered(name.left(colon));
        if (colon > 0 && (family == "req" || family == "http" || family == "req_novary"))
            return m_request.headers.get(name.mid(colon + 1)).value_or(QByteArray());
        if (colon > 0 && (family == "env" || family == "reqenv"))
            return m_environment.value(name.mid(colon + 1));
        if (name == "REQUEST_METHOD")
            return m_request.method;
        if (name == "REQUEST_URI")
            return m_request.path();
        if (name == "THE_REQUEST")
            return m_request.method + ' ' + m_request.target + " HTTP/1.1";
        if (name == "QUERY_STRING")
            return m_request.target.mid(m_request.path().size() + 1);
        if (name == "HTTP_HOST")
            return m_request.headers.get("Host").value_or(m_context.server().host);
        if (name == "SERVER_NAME")
            return m_context.server().host;
        if (name == "SERVER_PORT")
            return QByteArray::number(m_context.server().port);
        if (name == "REQUEST_SCHEME")
            return m_context.server().scheme;
        if (name == "HTTPS")
            return m_context.server().scheme == "https" ? "on" : "off";
        if (name == "REMOTE_ADDR")
            return "127.0.0.1";
        if (name.startsWith("HTTP_"))
            return m_request.headers.get(name.mid(5).replace('_', '-')).value_or(QByteArray());
        return {};
    }

    bool covers(const ApacheScopes& scopes) const
    {
        const auto path = m_request.path();
        return std::all_of(scopes.begin(), scopes.end(), [&](const ApacheScope& scope) {
            switch (scope.kind) {
            case ApacheScope::Kind::Prefix:
                return path.startsWith(scope.prefix)
                    && (scope.prefix.endsWith('/') || path.size() == scope.prefix.size() || path[scope.prefix.size()] == '/');
            case ApacheScope::Kind::PathPattern: return scope.pattern.match(QString::fromUtf8(path)).hasMatch();
            case ApacheScope::Kind::FilePattern:
                return scope.pattern.match(QString::fromUtf8(path.mid(path.lastIndexOf('/') + 1))).hasMatch();
            case ApacheScope::Kind::Expression:
                return scope.expression.holds([this](const auto& name) { return variable(name); });
            }
            return false;
        });
    }

    const ApacheConfig& m_config;
    RequestMessage m_request;
    StageContext& m_context;
    Spec& m_spec;
    QHash<QByteArray, QByteArray> m_environment;
};

class Apache final : public Stage
{
public:
    Apache(const QString& title, std::shared_ptr<const ApacheConfig> config, int upstreamError, bool files)
        : m_title(title), m_config(std::move(config)), m_upstreamError(upstreamError), m_files(files)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("apache"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        return {Run(*m_config, request, context).handle(m_upstreamError, m_files)};
    }

private:
    QString m_title;
    std::shared_ptr<const ApacheConfig> m_config;
    int m_upstreamError; ///< what Apache answers for an application that does not; 0: it answers
    bool m_files;        ///< files stand behind, whose error pages are Apache's own
};

} // namespace

Result<std::shared_ptr<const Stage>> makeApache(const StageSettings& settings)
{
    const auto config = configOf<ApacheConfig>(settings);
    if (!config)
        return config.error();
    const bool files = settings.values[QLatin1String("upstream")].toString() == QLatin1String("files");
    return std::shared_ptr<const Stage>(
        std::make_shared<Apache>(settings.title, *config, upstreamErrorOf(settings.values, 503), files));
}

} // namespace corscope
