#include "core/backend/frameworks/Caddy.h"

#include "core/backend/directives/DirectiveSettings.h"
#include "core/backend/directives/CaddyConfig.h"
#include "core/backend/stages/ErrorPage.h"
#include "core/base/Ascii.h"

#include <QHash>
#include <algorithm>

namespace corscope {

namespace {

constexpr const char* allowOrigin = "Access-Control-Allow-Origin";
using Handlers = std::vector<CaddyHandler>;

class Run
{
public:
    Run(const CaddyConfig& config, const RequestMessage& request, StageContext& context, int upstreamError)
        : m_config(config), m_request(request), m_context(context), m_spec(context.spec()),
          m_upstreamError(upstreamError)
    {}

    ResponseMessage handle()
    {
        bool own = true;
        auto answer = run(m_config.handlers, own);
        if (!answer)
            answer = proxied({}, own); // nothing in the file answers: the application does
        if (own)
            m_context.decide("6", answer->headers.contains(allowOrigin) ? Verdict::Success : Verdict::Failure,
                             {{"status", QByteArray::number(answer->status), std::nullopt}}, *answer, allowOrigin);
        return *answer;
    }

private:
    // The handlers in their order, until one answers.
    std::optional<ResponseMessage> run(const Handlers& handlers, bool& own)
    {
        bool handled = false; // of several `handle` side by side only the first that fits runs
        for (const auto& handler : handlers) {
            if (handler.kind == CaddyHandler::Kind::Handle && handled)
                continue;
            if (handler.matcher
                && !m_spec.ask("1", fits(*handler.matcher), {{"matcher", handler.matcher->written, std::nullopt}}))
                continue;
            std::optional<ResponseMessage> answer;
            switch (handler.kind) {
            case CaddyHandler::Kind::Header:
                if (handler.deferred)
                    m_deferred.push_back(&handler);
                else
                    for (const auto& operation : handler.operations)
                        apply(operation, m_headers, "2");
                break;
            case CaddyHandler::Kind::RequestHeader:
                for (const auto& operation : handler.operations)
                    apply(operation, m_request.headers, "2.1");
                break;
            case CaddyHandler::Kind::Handle:
            case CaddyHandler::Kind::Route:
                handled = true;
                answer = run(handler.handlers, own);
                break;
            case CaddyHandler::Kind::BasicAuth:
                if (m_spec.ask("3", !bringsPassword(m_request))) {
                    m_headers.set("Www-Authenticate", "Basic realm=\"restricted\"");
                    answer = error(401, own);
                }
                break;
            case CaddyHandler::Kind::Error: answer = error(handler.status, own); break;
            case CaddyHandler::Kind::Redirect:
                m_headers.set("Location", replaced(handler.text));
                answer = written(handler.status, {});
                break;
            case CaddyHandler::Kind::Respond:
                if (!handler.text.isEmpty())
                    m_headers.set("Content-Type", "text/plain; charset=utf-8");
                answer = written(m_errorStatus && handler.status == 200 ? m_errorStatus : handler.status,
                                 replaced(handler.text));
                break;
            case CaddyHandler::Kind::ReverseProxy: answer = proxied(handler, own); break;
            }
            if (answer)
                return answer;
        }
        return std::nullopt;
    }

    // The application answers; its headers are put beside those that are there already.
    std::optional<ResponseMessage> proxied(const CaddyHandler& handler, bool& own)
    {
        if (m_spec.ask("4", m_upstreamError != 0))
            return error(m_upstreamError, own);
        auto passed = m_request;
        for (const auto& operation : handler.upstreamRequest)
            apply(operation, passed.headers, "2.1");
        auto result = m_context.next(passed);
        if (m_spec.ask("4.1", result.raised))
            result.response = internalServerError();
        for (const auto& operation : handler.operations)
            apply(operation, result.response.headers, "4.2");
        for (const auto& header : result.response.headers)
            m_headers.append(header.name, header.value);
        auto answer = written(result.response.status, result.response.body);
        own = false;
        return answer;
    }

    /// The moment an answer is written is when deferred operations are carried out, the innermost first.
    ResponseMessage written(int status, const QByteArray& body)
    {
        for (auto handler = m_deferred.rbegin(); handler != m_deferred.rend(); ++handler)
            for (const auto& operation : (*handler)->operations)
                apply(operation, m_headers, "5");
        return {status, reasonPhrase(status), m_headers, body};
    }

    // An error keeps the headers that are there already, and goes past those that were deferred.
    ResponseMessage error(int status, bool& own)
    {
        own = true;
        m_deferred.clear();
        if (m_config.handlesErrors && !m_errorStatus) {
            m_errorStatus = status;
            m_spec.step("3.1");
            if (auto answer = run(m_config.onError, own))
                return *answer;
        }
        return {status, reasonPhrase(status), m_headers, {}};
    }

    void apply(const CaddyHeaderOperation& operation, HeaderList& headers, const char* number)
    {
        const auto value = replaced(operation.value);
        switch (operation.kind) {
        case CaddyHeaderOperation::Kind::Add: headers.append(operation.name, value); break;
        case CaddyHeaderOperation::Kind::Delete: headers.remove(operation.name); break;
        case CaddyHeaderOperation::Kind::Default:
            if (headers.contains(operation.name))
                return;
            [[fallthrough]];
        case CaddyHeaderOperation::Kind::Set: headers.set(operation.name, value); break;
        }
        if (m_spec.listening())
            m_spec.let(number, operation.name.constData(), headers.get(operation.name));
    }

    bool fits(const CaddyMatcher& matcher)
    {
        return std::all_of(matcher.tests.begin(), matcher.tests.end(), [this](const auto& test) { return fits(test); });
    }

    bool fits(const CaddyTest& test)
    {
        const auto any = [&](auto predicate) { return std::any_of(test.values.begin(), test.values.end(), predicate); };
        switch (test.kind) {
        case CaddyTest::Kind::Path: {
            const auto path = ascii::lowered(m_request.path());
            return any([&](const QByteArray& pattern) { return pathFits(ascii::lowered(pattern), path); });
        }
        case CaddyTest::Kind::Method:
            return any([&](const QByteArray& method) { return ascii::uppered(method) == m_request.method; });
        case CaddyTest::Kind::Host:
            return any([&](const QByteArray& host) { return ascii::equalIgnoringCase(host, m_context.server().host); });
        case CaddyTest::Kind::Protocol:
            return any([&](const QByteArray& scheme) { return scheme == m_context.server().scheme; });
        case CaddyTest::Kind::Header: {
            const auto found = m_request.headers.values(test.name);
            if (test.values == QList<QByteArray>{"!"})
                return found.isEmpty();
            return any([&](const QByteArray& pattern) {
                return std::any_of(found.begin(), found.end(), [&](const auto& value) { return valueFits(replaced(pattern), value); });
            });
        }
        case CaddyTest::Kind::HeaderPattern:
            for (const auto& value : m_request.headers.values(test.name)) {
                const auto match = test.pattern.match(QString::fromUtf8(value));
                if (!match.hasMatch())
                    continue;
                m_captures[test.captureName] = match.capturedTexts();
                return true;
            }
            return false;
        case CaddyTest::Kind::Not: return !fits(*test.inner);
        }
        return false;
    }

    static bool pathFits(const QByteArray& pattern, const QByteArray& path)
    {
        if (pattern.count('*') == 1 && pattern.endsWith('*'))
            return path.startsWith(QByteArrayView(pattern).chopped(1));
        if (pattern.count('*') == 1 && pattern.startsWith('*'))
            return path.endsWith(QByteArrayView(pattern).sliced(1));
        if (!pattern.contains('*'))
            return path == pattern;
        const auto parts = QString::fromUtf8(pattern).split(QLatin1Char('*'));
        QStringList escaped;
        for (const auto& part : parts)
            escaped.append(QRegularExpression::escape(part));
        return QRegularExpression(QRegularExpression::anchoredPattern(escaped.join(QStringLiteral("[^/]*"))))
            .match(QString::fromUtf8(path))
            .hasMatch();
    }

    /// A header's value against a pattern: an asterisk is one at the beginning or at the end only.
    static bool valueFits(const QByteArray& pattern, const QByteArray& value)
    {
        if (pattern == "*")
            return true;
        const QByteArrayView text(pattern);
        if (text.startsWith('*') && text.endsWith('*'))
            return value.contains(text.sliced(1).chopped(1));
        if (text.startsWith('*'))
            return value.endsWith(text.sliced(1));
        if (text.endsWith('*'))
            return value.startsWith(text.chopped(1));
        return value == pattern;
    }

    QByteArray replaced(const QByteArray& text) const
    {
        if (!text.contains('{'))
            return text;
        static const QRegularExpression placeholder(QStringLiteral("\\{([^{}\\s]+)\\}"));
        QString result;
        qsizetype end = 0;
        const auto whole = QString::fromUtf8(text);
        auto matches = placeholder.globalMatch(whole);
        while (matches.hasNext()) {
            const auto match = matches.next();
            result += whole.mid(end, match.capturedStart() - end);
            result += QString::fromUtf8(placeholderValue(match.captured(1).toUtf8()));
            end = match.capturedEnd();
        }
        return QString(result + whole.mid(end)).toUtf8();
    }

    QByteArray placeholderValue(QByteArray name) const
    {
        if (name.startsWith("http.request."))
            name.remove(0, 13);
        if (name.startsWith("header."))
            return ascii::join(m_request.headers.values(name.mid(7)), ",");
        if (name.startsWith("http.regexp."))
            name.replace(0, 11, "re");
        if (name.startsWith("re.")) {
            // {re.NAME.1}, or {re.1} for a pattern without a name.
            const auto last = name.lastIndexOf('.');
            const auto captureName = last > 2 ? name.mid(3, last - 3) : QByteArray();
            return m_captures.value(captureName).value(name.mid(last + 1).toInt()).toUtf8();
        }
        if (name.endsWith("status_code"))
            return QByteArray::number(m_errorStatus);
        if (name.endsWith("status_text") || name.endsWith("message"))
            return reasonPhrase(m_errorStatus);
        const auto& server = m_context.server();
        if (name == "method")
            return m_request.method;
        if (name == "uri")
            return m_request.target;
        if (name == "path" || name == "uri.path")
            return m_request.path();
        if (name == "query" || name == "uri.query")
            return m_request.target.mid(m_request.path().size() + 1);
        if (name == "scheme")
            return server.scheme;
        return name == "hostport" ? m_request.headers.get("Host").value_or(server.host) : server.host;
    }

    const CaddyConfig& m_config;
    RequestMessage m_request;
    StageContext& m_context;
    Spec& m_spec;
    const int m_upstreamError;
    HeaderList m_headers; ///< of the answer, as far as it stands
    std::vector<const CaddyHandler*> m_deferred;
    QHash<QByteArray, QStringList> m_captures;
    int m_errorStatus = 0;
};

class Caddy final : public Stage
{
public:
    Caddy(const QString& title, std::shared_ptr<const CaddyConfig> config, int upstreamError)
        : m_title(title), m_config(std::move(config)), m_upstreamError(upstreamError)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("caddy"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        return {Run(*m_config, request, context, m_upstreamError).handle()};
    }

private:
    QString m_title;
    std::shared_ptr<const CaddyConfig> m_config;
    int m_upstreamError; ///< what Caddy answers for an application that does not; 0: it answers
};

} // namespace

Result<std::shared_ptr<const Stage>> makeCaddy(const StageSettings& settings)
{
    const auto config = configOf<CaddyConfig>(settings);
    if (!config)
        return config.error();
    return std::shared_ptr<const Stage>(
        std::make_shared<Caddy>(settings.title, *config, upstreamErrorOf(settings.values, 502)));
}

} // namespace corscope
