#include "core/paste/InferredServer.h"

#include "core/base/Ascii.h"
#include "core/explain/Explanations.h"
#include "core/fetch/CorsSafelist.h"
#include "core/http/Method.h"
#include "core/paste/FaultyAnswer.h"
#include "core/scenario/ScenarioWords.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace corscope::paste {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Paste", text); }

constexpr auto allowOrigin = "Access-Control-Allow-Origin";
constexpr auto allowCredentials = "Access-Control-Allow-Credentials";
constexpr auto allowMethods = "Access-Control-Allow-Methods";
constexpr auto allowHeaders = "Access-Control-Allow-Headers";

using Answer = InferredAnswer;

bool is(const QByteArray& key, std::initializer_list<const char*> keys)
{
    return std::any_of(keys.begin(), keys.end(), [&](const char* other) { return key == other; });
}

class Inferrer
{
public:
    Inferrer(const Evidence& evidence, const QString& pasted)
        : m_evidence(evidence), m_pasted(pasted), m_request(inferRequest(evidence, pasted))
    {}

    InferredScenario run()
    {
        auto& scenario = m_result.scenario;
        m_result.findings = m_request.findings;
        if (m_evidence.console && scenariowords::profiles().contains(QString::fromLatin1(m_evidence.console->engine)))
            scenario.profile = m_evidence.console->engine;
        scenario.pages.push_back(m_request.page);
        if (m_request.redirected)
            addRedirect();
        if (m_request.url.hasHttpScheme() && !isUnreachable())
            addServer();
        if (std::erase_if(scenario.servers, [](const ServerConfig& server) { return server.port == 0; }) > 0)
            guessed(tr("No server is set up at port 0"), tr("none can be there, whatever a URL says"));
        scenario.actions.push_back(SendAction{m_request.page.id, m_request.call});
        const auto* explanation = m_evidence.console ? explain::findExplanation(m_evidence.console->key) : nullptr;
        scenario.title = explanation ? explanation->title : tr("A pasted report");
        scenario.topics.append(tr("pasted"));
        return std::move(m_result);
    }

private:
    const Evidence& m_evidence;
    const QString& m_pasted;
    InferredRequest m_request;
    InferredScenario m_result;

    QByteArray key() const { return m_evidence.console ? m_evidence.console->key : QByteArray(); }
    QByteArray value() const { return m_evidence.console ? m_evidence.console->value : QByteArray(); }
    int status() const { return m_evidence.console ? m_evidence.console->status : 0; }

    template<typename Piece>
    std::optional<TextPlace> place(const std::optional<Piece>& piece) const
    {
        return piece && piece->range.to > piece->range.from ? std::optional(placeOf(m_pasted, piece->range.from)) : std::nullopt;
    }
    void certain(const QString& what, const QString& reason, std::optional<TextPlace> at)
    {
        m_result.findings.certain.append({what, reason, at});
    }
    void guessed(const QString& what, const QString& reason) { m_result.findings.guessed.append({what, reason, std::nullopt}); }

    bool nothingAnswered() const { return !m_evidence.answer && !m_evidence.preflight && !m_evidence.snippet; }

    // Where no server answers, none is set up.
    bool isUnreachable()
    {
        if (!nothingAnswered())
            return false;
        if (brokenConnection())
            return false;
        const bool never = is(key(), {"connection-refused", "name-not-resolved", "did-not-succeed", "content-blocker"});
        if (never || (m_evidence.unanswered && !m_evidence.console)) {
            guessed(tr("No server is set up at that address"), tr("no answer came; here that is a server that is down"));
            return true;
        }
        return false;
    }

    // Which fault of a connection was seen, as the stage that plays it calls it; null where none was.
    const char* brokenConnection() const
    {
        const auto isWhy = [&](Why why) { return m_evidence.failure && m_evidence.failure->why == why; };
        if (isWhy(Why::ConnectionReset) || is(key(), {"connection-reset"}))
            return "reset";
        if (isWhy(Why::ConnectionClosed) || is(key(), {"connection-closed"}))
            return "close";
        if (isWhy(Why::MalformedResponse) || is(key(), {"malformed-response"}))
            return "garbage";
        return isWhy(Why::TimedOut) || isWhy(Why::Aborted) || is(key(), {"timed-out", "aborted"}) ? "hang" : nullptr;
    }

    void breakConnection(ServerConfig& server)
    {
        const bool onPreflight = (m_evidence.failure && m_evidence.failure->onPreflight)
            || (m_evidence.console && m_evidence.console->method == "OPTIONS" && m_request.call.method != "OPTIONS");
        StageConfig stage;
        stage.kind = "fault";
        stage.settings.insert(QLatin1String("fault"), QLatin1String(brokenConnection()));
        stage.settings.insert(QLatin1String("requests"), onPreflight ? QLatin1String("preflights") : QLatin1String("all but preflights"));
        server.pipeline.push_back(stage);
        const auto what = onPreflight ? tr("The answer to the preflight does not arrive") : tr("The answer does not arrive");
        if (m_evidence.console)
            certain(what, tr("the console says so"), place(m_evidence.console));
        else
            certain(what, tr("it was recorded"), place(m_evidence.failure));
    }

    // A server that is there, and whose line breaks: the console or a recording says how.
    bool breaks(ServerConfig& server)
    {
        if (!nothingAnswered())
            return false;
        if (key() == "tls-failure" && m_request.url.scheme() == "https") {
            server.scheme = "http";
            guessed(tr("The server speaks plain http at that port"),
                    tr("the handshake failed; a certificate that is not trusted looks the same to the page"));
        } else if (brokenConnection()) {
            breakConnection(server);
        } else {
            return false;
        }
        addRoute(server, m_request.call.method, m_request.url, permission(m_request.url));
        addRoute(server, "OPTIONS", m_request.url, preflightPermission(m_request.url));
        guessed(tr("All else is as it should be on this server"), tr("a console names the first mistake only"));
        return true;
    }

    ServerConfig& serverAt(const Url& url)
    {
        auto& servers = m_result.scenario.servers;
        const auto origin = url.origin().serialized();
        const auto it = std::find_if(servers.begin(), servers.end(), [&](const ServerConfig& s) { return s.origin() == origin; });
        if (it != servers.end())
            return *it;
        ServerConfig server;
        server.id = servers.empty() ? QByteArray("api") : QByteArray("api" + QByteArray::number(servers.size() + 1));
        server.scheme = url.scheme();
        server.host = url.host();
        server.port = url.portOrDefault();
        servers.push_back(server);
        return servers.back();
    }

    bool credentialed() const { return m_request.call.credentials == "include"; }

    Answer permission(const Url& url) const
    {
        Answer answer;
        answer.headers.append(allowOrigin, m_request.originAt(url));
        if (credentialed())
            answer.headers.append(allowCredentials, "true");
        return answer;
    }

    Answer preflightPermission(const Url& url) const
    {
        auto answer = permission(url);
        answer.status = 204;
        if (!isCorsSafelistedMethod(m_request.call.method))
            answer.headers.append(allowMethods, m_request.call.method);
        if (const auto names = corsUnsafeRequestHeaderNames(m_request.call.headers); !names.isEmpty())
            answer.headers.append(allowHeaders, names.join(", "));
        return answer;
    }

    static void addRoute(ServerConfig& server, const QByteArray& method, const Url& url, const Answer& answer)
    {
        RouteConfig route;
        route.method = ascii::isToken(method) ? method : QByteArray("*"); // a page may say anything, and is told so
        route.path = url.path();
        route.status = std::clamp(answer.status, 200, 599); // what a mock server can send
        for (const auto& [name, value] : answer.headers)
            if (isHeaderName(name) && isHeaderValue(value)) // a pasted text can hold what no server can send
                route.headers.append(name, value);
        if (method != "OPTIONS" && method != "GET" && method != "HEAD")
            route.effect = "request carried out";
        server.routes.push_back(route);
    }

    void addRedirect()
    {
        const auto first = *Url::parse(m_request.call.url);
        auto& server = serverAt(first);
        auto answer = permission(first);
        answer.status = m_request.call.method == "GET" ? 302 : 307;
        auto next = answer;
        answer.headers.append("Location", m_request.hop ? m_request.hop->serialized() : m_request.url.serialized());
        addRoute(server, m_request.call.method, first, answer);
        addRoute(server, "OPTIONS", first, preflightPermission(first));
        if (m_request.hop) {
            next.headers.set(allowOrigin, m_request.originAt(*m_request.hop));
            next.headers.append("Location", m_request.url.serialized());
            auto& between = serverAt(*m_request.hop);
            addRoute(between, m_request.call.method, *m_request.hop, next);
            auto preflight = preflightPermission(*m_request.hop);
            addRoute(between, "OPTIONS", *m_request.hop, preflight);
        }
        guessed(tr("The redirect itself carries permission"), tr("else the console would have named the first address"));
    }

    void addServer()
    {
        auto& server = serverAt(m_request.url);
        if (breaks(server))
            return;
        if (is(key(), {"insecure-local-network", "local-network-permission", "local-network-prompt", "target-address-space"}))
            server.addressSpace = addressSpaceFromBytes(value()).value_or(AddressSpace::Loopback);
        if (brokenConnection() && !m_evidence.answer)
            breakConnection(server);
        if (m_evidence.snippet) {
            server.pipeline.push_back(m_evidence.snippet->stage);
            certain(tr("Server: %1").arg(m_evidence.snippet->title), tr("its settings were pasted"), place(m_evidence.snippet));
            addRoute(server, m_request.call.method, m_request.url, {status() ? status() : 200, {}});
            guessed(tr("The route answers %1").arg(status() ? status() : 200), status() ? tr("the console says so") : tr("nothing else is known of it"));
            return;
        }
        if (m_evidence.answer || m_evidence.preflight) {
            addRecorded(server);
            addFurther();
            return;
        }
        addFaulty(server);
    }

    // What belongs to the connection or to the length of the body is written anew.
    static Answer recorded(const PastedAnswer& pasted)
    {
        Answer answer{pasted.status, {}};
        for (const auto& [name, value] : pasted.headers) {
            const auto lower = name.toLower();
            if (!is(lower, {"content-length", "content-encoding", "transfer-encoding", "connection", "keep-alive", "date", "alt-svc",
                            "strict-transport-security"}))
                answer.headers.append(name, value);
        }
        return answer;
    }

    void addRecorded(ServerConfig& server)
    {
        if (m_evidence.answer) {
            addRoute(server, m_request.call.method, m_request.url, recorded(*m_evidence.answer));
            certain(tr("The answer: status %1 and its headers").arg(m_evidence.answer->status), tr("it was recorded"), place(m_evidence.answer));
            if (!m_evidence.answer->statusSaid)
                guessed(tr("Status %1").arg(m_evidence.answer->status), tr("the headers stand there without a status"));
        }
        if (m_evidence.preflight) {
            addRoute(server, "OPTIONS", m_request.url, recorded(*m_evidence.preflight));
            certain(tr("The answer to the preflight: status %1 and its headers").arg(m_evidence.preflight->status), tr("it was recorded"),
                    place(m_evidence.preflight));
        }
        if (!m_evidence.answer) {
            addRoute(server, m_request.call.method, m_request.url, faultIsOnPreflight() || key().isEmpty() ? permission(m_request.url) : faulty(permission(m_request.url)));
            guessed(tr("The answer to the request itself"), tr("only the preflight's was pasted"));
        } else if (!m_evidence.preflight) {
            // Headers for preflights on the answer itself: one setting serves both.
            auto answer = faultIsOnPreflight() ? faulty(preflightPermission(m_request.url)) : preflightPermission(m_request.url);
            if (!faultIsOnPreflight()) {
                const auto said = recorded(*m_evidence.answer).headers;
                for (const auto* name : {allowOrigin, allowCredentials, allowMethods, allowHeaders})
                    if (const auto value = said.get(name))
                        answer.headers.set(name, *value);
            }
            addRoute(server, "OPTIONS", m_request.url, answer);
        }
    }

    // Requests before or behind the one that counts: those of a chain of redirects.
    void addFurther()
    {
        for (const auto& answer : m_evidence.further) {
            const auto url = Url::parse(answer.url);
            if (!url || !url->hasHttpScheme())
                continue;
            auto& server = serverAt(*url);
            const bool known = std::any_of(server.routes.begin(), server.routes.end(), [&](const RouteConfig& route) {
                return route.method == answer.method && route.path == url->path();
            });
            if (!known)
                addRoute(server, answer.method, *url, recorded(answer));
        }
    }

    bool faultIsOnPreflight() const
    {
        return m_evidence.console && (m_evidence.console->preflight || is(key(), {"preflight-redirect", "external-redirect"}));
    }

    Answer faulty(Answer answer)
    {
        return withMistake(std::move(answer), m_evidence, m_request, m_pasted, m_result.findings);
    }

    void addFaulty(ServerConfig& server)
    {
        const bool preflight = faultIsOnPreflight();
        const auto good = permission(m_request.url);
        const auto goodPreflight = preflightPermission(m_request.url);
        addRoute(server, m_request.call.method, m_request.url, preflight ? good : faulty(good));
        addRoute(server, "OPTIONS", m_request.url, preflight ? faulty(goodPreflight) : goodPreflight);
        if (m_evidence.console)
            guessed(tr("All else is as it should be on this server"), tr("a console names the first mistake only"));
    }
};

} // namespace

InferredScenario inferScenario(const Evidence& evidence, const QString& pasted)
{
    return Inferrer(evidence, pasted).run();
}

} // namespace corscope::paste
