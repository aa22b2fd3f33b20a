#include "core/backend/frameworks/Nginx.h"

#include "core/backend/directives/DirectiveSettings.h"
#include "core/backend/directives/NginxVariables.h"
#include "core/backend/stages/ErrorPage.h"
#include "core/backend/stages/HeaderSettings.h"
#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

namespace {

constexpr const char* allowOrigin = "Access-Control-Allow-Origin";

/// One request on its way through nginx's phases.
class Run
{
public:
    Run(const NginxConfig& config, const RequestMessage& request, StageContext& context)
        : m_config(config), m_request(request), m_context(context), m_spec(context.spec()),
          m_variables(config, request, context.server())
    {}

    ResponseMessage handle(int upstreamError)
    {
        m_block = &chooseServer();
        auto& answer = m_answer;
        answer = rewrite();
        if (!answer) {
            m_block = &chooseLocation(*m_block);
            m_spec.let("1", "location", m_block->title);
            if (m_block->kind == NginxBlock::Kind::Location)
                answer = rewrite();
        }
        if (!answer)
            answer = refusal();
        if (!answer && m_spec.ask("5", upstreamError != 0))
            answer = errorPage(upstreamError);
        const bool own = answer.has_value();
        if (!own)
            answer = proxied();
        m_variables.setAnswer(*answer);
        dress(*answer);
        if (own)
            m_context.decide("8", answer->headers.contains(allowOrigin) ? Verdict::Success : Verdict::Failure,
                             {{"status", QByteArray::number(answer->status), std::nullopt}}, *answer, allowOrigin);
        return *answer;
    }

private:
    const NginxBlock& chooseServer() const
    {
        const auto host = m_variables("host");
        for (const auto& server : m_config.servers)
            if (server->names.contains(host))
                return *server;
        return m_config.servers.empty() ? m_config.http : *m_config.servers.front();
    }

    const NginxBlock& chooseLocation(const NginxBlock& outer) const
    {
        const auto path = m_request.path();
        const NginxBlock* prefix = nullptr;
        for (const auto& location : outer.locations) {
            if (location->modifier == "=" && location->uri == path)
                return *location;
            if ((location->modifier.isEmpty() || location->modifier == "^~") && path.startsWith(location->uri)
                && (!prefix || location->uri.size() > prefix->uri.size()))
                prefix = location.get();
        }
        if (!prefix || prefix->modifier != "^~") {
            for (const auto& location : outer.locations)
                if (location->modifier.startsWith('~')
                    && location->pattern.match(QString::fromUtf8(path)).hasMatch())
                    return *location;
        }
        return prefix ? chooseLocation(*prefix) : outer;
    }

    // The rewrite phase: set, if and return in their order. A true `if` in a location changes the level that counts.
    std::optional<ResponseMessage> rewrite()
    {
        return rewrite(*m_block);
    }
    std::optional<ResponseMessage> rewrite(const NginxBlock& block)
    {
        for (const auto& rule : block.script) {
            switch (rule.kind) {
            case NginxRewrite::Kind::Break: m_stopped = true; break;
            case NginxRewrite::Kind::Set: {
                const auto value = m_variables.value(rule.text);
                m_variables.set(rule.variable, value);
                m_spec.let("2.1", "variable", '$' + rule.variable + " = " + value);
                break;
            }
            case NginxRewrite::Kind::Return: return returned(rule);
            case NginxRewrite::Kind::If:
                if (!holds(rule.condition))
                    break;
                if (block.kind == NginxBlock::Kind::Location)
                    m_block = rule.block.get();
                if (auto answer = rewrite(*rule.block))
                    return answer;
                break;
            }
            if (m_stopped)
                break;
        }
        return std::nullopt;
    }

    bool holds(const NginxCondition& condition)
    {
        const auto value = m_variables(condition.variable);
        bool holds = false;
        switch (condition.kind) {
        case NginxCondition::Kind::IsSet: holds = !value.isEmpty() && value != "0"; break;
        case NginxCondition::Kind::Equals: holds = value == m_variables.value(condition.text); break;
        case NginxCondition::Kind::Matches:
            const auto match = condition.pattern.match(QString::fromUtf8(value));
            holds = match.hasMatch();
            if (holds)
                m_variables.setCaptures(match.capturedTexts());
            break;
        }
        holds = holds != condition.negated;
        return m_spec.ask("2", holds, {{"if", '(' + condition.written + ')', std::nullopt},
                                       {"value", value, std::nullopt}});
    }

    ResponseMessage returned(const NginxRewrite& rule)
    {
        const auto text = m_variables.value(rule.text);
        m_spec.let("3", "status", QByteArray::number(rule.status));
        if (rule.status >= 300 && rule.status <= 399) {
            auto answer = errorPage(rule.status);
            answer.headers.append("Location", text);
            return answer;
        }
        if (!text.isEmpty() || rule.status == 200)
            return {rule.status, reasonPhrase(rule.status), {{"Content-Type", "text/plain"}}, text};
        return rule.status < 300 ? ResponseMessage{rule.status, reasonPhrase(rule.status), {}, {}}
                                 : errorPage(rule.status);
    }

    // Who may: by method, by address, by password, by size.
    std::optional<ResponseMessage> refusal()
    {
        const NginxBlock* location = m_block;
        while (location && !location->limitExcept && location->kind == NginxBlock::Kind::If)
            location = location->parent;
        if (location && location->limitExcept
            && m_spec.ask("4", !location->limitExcept->methods.contains(m_request.method),
                          {{"method", m_request.method, [&] { return ascii::join(location->limitExcept->methods, ", "); }}}))
            m_block = location->limitExcept.get();

        if (const auto* block = m_block->nearest(&NginxBlock::access)) {
            const auto rule = std::find_if(block->access.begin(), block->access.end(),
                                           [](const auto& r) { return r.all || r.loopback; });
            if (m_spec.ask("4.1", rule != block->access.end() && !rule->allow))
                return errorPage(403);
        }
        const NginxBlock* authenticated = m_block;
        while (authenticated && !authenticated->authBasic)
            authenticated = authenticated->parent;
        if (authenticated && !authenticated->authBasic->isEmpty()) {
            const auto given = m_request.headers.get("Authorization");
            if (m_spec.ask("4.2", !bringsPassword(m_request),
                           {{"Authorization", given, "Basic"}})) {
                auto answer = errorPage(401);
                answer.headers.append("WWW-Authenticate", "Basic realm=\"" + *authenticated->authBasic + '"');
                return answer;
            }
        }
        const NginxBlock* sized = m_block;
        while (sized && !sized->maxBody)
            sized = sized->parent;
        const qint64 limit = sized ? *sized->maxBody : 1 << 20;
        if (m_spec.ask("4.3", limit > 0 && m_request.body.size() > limit,
                       {{"body in bytes", QByteArray::number(m_request.body.size()), QByteArray::number(limit)}}))
            return errorPage(413);
        return std::nullopt;
    }

    // The application answers; its exceptions end at its own server.
    ResponseMessage proxied()
    {
        auto passed = m_request;
        if (const auto* block = m_block->nearest(&NginxBlock::requestHeaders)) {
            for (const auto& header : block->requestHeaders) {
                const auto value = m_variables.value(header.value);
                if (value.isEmpty())
                    passed.headers.remove(header.name);
                else
                    passed.headers.set(header.name, value);
                if (m_spec.listening())
                    m_spec.let("5.1", header.name.constData(), value);
            }
        }
        auto result = m_context.next(passed);
        if (m_spec.ask("5.2", result.raised))
            return internalServerError();
        if (const auto* block = m_block->nearest(&NginxBlock::hiddenHeaders)) {
            for (const auto& name : block->hiddenHeaders) {
                if (m_spec.listening() && result.response.headers.contains(name))
                    m_spec.let("5.3", name.constData(), result.response.headers.get(name));
                result.response.headers.remove(name);
            }
        }
        return result.response;
    }

    void dress(ResponseMessage& answer)
    {
        if (const auto* block = m_block->nearest(&NginxBlock::addHeaders)) {
            // 6. One level's list is all there is: whatever stands further out is lost.
            m_spec.let("6", "add_header of", block->title);
            for (const auto& header : block->addHeaders)
                add(header, answer);
        }
        if (const auto* block = m_block->nearest(&NginxBlock::moreHeaders)) {
            for (const auto& header : block->moreHeaders) {
                const auto value = m_variables.value(header.value);
                if (header.kind == NginxHeader::Kind::Clear)
                    answer.headers.remove(header.name);
                else
                    answer.headers.set(header.name, value);
                if (m_spec.listening())
                    m_spec.let("7", header.name.constData(), value);
            }
        }
    }

    void add(const NginxHeader& header, ResponseMessage& answer)
    {
        if (!m_spec.ask("6.1", header.always || takesAddedHeaders(answer.status),
                        {{"status", QByteArray::number(answer.status), std::nullopt},
                         {"header", header.name, std::nullopt}}))
            return;
        const auto value = m_variables.value(header.value);
        // 6.2. A value that comes out empty sends nothing.
        if (!m_spec.ask("6.2", !value.isEmpty(), {{"value", value, std::nullopt}}))
            return;
        answer.headers.append(header.name, value);
        if (m_spec.listening())
            m_spec.let("6.3", header.name.constData(), value);
    }

    const NginxConfig& m_config;
    const RequestMessage& m_request;
    StageContext& m_context;
    Spec& m_spec;
    NginxVariables m_variables;
    std::optional<ResponseMessage> m_answer; ///< which the variables look at
    const NginxBlock* m_block = nullptr; ///< the level whose settings count
    bool m_stopped = false;
};

class Nginx final : public Stage
{
public:
    Nginx(const QString& title, std::shared_ptr<const NginxConfig> config, int upstreamError)
        : m_title(title), m_config(std::move(config)), m_upstreamError(upstreamError)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("nginx"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        return {Run(*m_config, request, context).handle(m_upstreamError)};
    }

private:
    QString m_title;
    std::shared_ptr<const NginxConfig> m_config;
    int m_upstreamError; ///< what nginx answers for an application that does not; 0: it answers
};

} // namespace

Result<std::shared_ptr<const Stage>> makeNginx(const StageSettings& settings)
{
    const auto config = configOf<NginxConfig>(settings);
    if (!config)
        return config.error();
    return std::shared_ptr<const Stage>(
        std::make_shared<Nginx>(settings.title, *config, upstreamErrorOf(settings.values, 502)));
}

} // namespace corscope
