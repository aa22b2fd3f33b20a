#include "core/backend/frameworks/Haproxy.h"

#include "core/backend/directives/DirectiveSettings.h"
#include "core/backend/directives/HaproxyConfig.h"
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
    Run(const HaproxyConfig& config, const RequestMessage& request, StageContext& context)
        : m_config(config), m_request(request), m_context(context), m_spec(context.spec())
    {}

    ResponseMessage handle(int upstreamError)
    {
        // 1. The rules for requests, those of the frontend first.
        auto answer = requestRules(m_config.frontend.request);
        bool reachedBackend = false;
        if (!answer) {
            reachedBackend = true;
            answer = requestRules(m_config.backend.request);
        }
        if (!answer && m_spec.ask("3", upstreamError != 0))
            answer = errorPage(upstreamError);
        const bool own = answer.has_value();
        if (!own) {
            answer = application();
            m_answer = &*answer;
            // 4. The rules for answers, those of the backend first.
            if (auto other = answerRules(m_config.backend.response, *answer, "4"))
                answer = other;
            else if (auto second = answerRules(m_config.frontend.response, *answer, "4"))
                answer = second;
        }
        // 5. Those for every answer, HAProxy's own included.
        m_answer = &*answer;
        if (reachedBackend)
            answerRules(m_config.backend.afterResponse, *answer, "5");
        answerRules(m_config.frontend.afterResponse, *answer, "5");
        if (own)
            m_context.decide("6", answer->headers.contains(allowOrigin) ? Verdict::Success : Verdict::Failure,
                             {{"status", QByteArray::number(answer->status), std::nullopt}}, *answer, allowOrigin);
        return *answer;
    }

private:
    using Value = std::optional<QByteArray>;

    // The application answers; its exceptions end at its own server.
    ResponseMessage application()
    {
        auto result = m_context.next(m_request);
        return m_spec.ask("3.1", result.raised) ? internalServerError() : result.response;
    }

    std::optional<ResponseMessage> requestRules(const std::vector<HaproxyRule>& rules)
    {
        for (const auto& rule : rules) {
            if (!holds(rule, "1"))
                continue;
            switch (rule.kind) {
            case HaproxyRule::Kind::Capture:
                m_captures.push_back(value(rule.sample));
                m_spec.let("1.1", "captured", m_captures.back());
                break;
            case HaproxyRule::Kind::Deny:
            case HaproxyRule::Kind::Return:
            case HaproxyRule::Kind::Redirect:
                m_spec.let("2", "status", QByteArray::number(rule.status));
                return ownAnswer(rule);
            default: change(rule, m_request.headers, "1.1");
            }
        }
        return std::nullopt;
    }

    std::optional<ResponseMessage> answerRules(const std::vector<HaproxyRule>& rules, ResponseMessage& answer,
                                               const char* number)
    {
        for (const auto& rule : rules) {
            if (!holds(rule, number))
                continue;
            if (rule.kind == HaproxyRule::Kind::Deny || rule.kind == HaproxyRule::Kind::Return)
                return ownAnswer(rule);
            change(rule, answer.headers, *number == '4' ? "4.1" : "5.1");
        }
        return std::nullopt;
    }

    void change(const HaproxyRule& rule, HeaderList& headers, const char* number)
    {
        if (rule.kind == HaproxyRule::Kind::SetVariable) {
            const auto looked = value(rule.sample);
            if (looked)
                m_variables[rule.name] = *looked;
            m_spec.let(number, "variable", rule.name + " = " + looked.value_or("nothing"));
            return;
        }
        const auto written = formatted(rule.value);
        if (rule.kind != HaproxyRule::Kind::AddHeader)
            headers.remove(rule.name);
        if (rule.kind != HaproxyRule::Kind::DeleteHeader)
            headers.append(rule.name, written);
        if (m_spec.listening())
            m_spec.let(number, rule.name.constData(), written);
    }

    ResponseMessage ownAnswer(const HaproxyRule& rule) const
    {
        if (rule.kind == HaproxyRule::Kind::Redirect) {
            const auto target = formatted(rule.value);
            const auto host = m_request.headers.get("Host").value_or(m_context.server().host);
            const auto location = rule.name == "scheme" ? QByteArray(target + "://" + host + m_request.target)
                : rule.name == "prefix"                 ? QByteArray(target + m_request.target)
                                                        : target;
            return {rule.status, reasonPhrase(rule.status), {{"location", location}}, {}};
        }
        if (rule.kind == HaproxyRule::Kind::Deny)
            return errorPage(rule.status);
        ResponseMessage answer{rule.status, reasonPhrase(rule.status), {}, formatted(rule.value)};
        if (!rule.contentType.isEmpty())
            answer.headers.append("content-type", rule.contentType);
        for (const auto& [name, format] : rule.headers)
            answer.headers.append(name, formatted(format));
        return answer;
    }

    bool holds(const HaproxyRule& rule, const char* number)
    {
        const auto& condition = rule.condition;
        if (condition.terms.empty())
            return true;
        const bool any = std::any_of(condition.terms.begin(), condition.terms.end(), [&](const HaproxyTerm& term) {
            return std::all_of(term.matches.begin(), term.matches.end(),
                               [&](const auto& match) { return matches(match.first) != match.second; });
        });
        return m_spec.ask(number, any != condition.unless,
                          {{condition.unless ? "unless" : "if", condition.written, std::nullopt}});
    }

    bool matches(const HaproxyMatch& match) const
    {
        const auto looked = value(match.sample);
        if (match.method == HaproxyMatch::Method::Found)
            return looked.has_value();
        if (!looked)
            return false;
        if (match.method == HaproxyMatch::Method::Boolean)
            return *looked == "1" || *looked == "true";
        if (match.method == HaproxyMatch::Method::Pattern)
            return std::any_of(match.patterns.begin(), match.patterns.end(), [&](const auto& pattern) {
                return pattern.match(QString::fromUtf8(*looked)).hasMatch();
            });
        const auto text = match.anyCase ? ascii::lowered(*looked) : *looked;
        return std::any_of(match.values.begin(), match.values.end(), [&](const QByteArray& written) {
            const auto wanted = match.anyCase ? ascii::lowered(written) : written;
            switch (match.method) {
            case HaproxyMatch::Method::Begins: return text.startsWith(wanted);
            case HaproxyMatch::Method::Ends: return text.endsWith(wanted);
            case HaproxyMatch::Method::Contains: return text.contains(wanted);
            default: return text == wanted;
            }
        });
    }

    /// The last header of that name; `hdr` takes the last of its comma-separated values.
    static Value lastHeader(const HeaderList& headers, const QByteArray& name, bool whole)
    {
        const auto values = headers.values(name);
        if (values.isEmpty())
            return std::nullopt;
        return whole ? values.last() : QByteArray(values.last().mid(values.last().lastIndexOf(',') + 1).trimmed());
    }

    Value value(const HaproxySample& sample) const
    {
        switch (sample.kind) {
        case HaproxySample::Kind::RequestHeader: return lastHeader(m_request.headers, sample.argument, false);
        case HaproxySample::Kind::WholeRequestHeader: return lastHeader(m_request.headers, sample.argument, true);
        case HaproxySample::Kind::ResponseHeader:
            return m_answer ? lastHeader(m_answer->headers, sample.argument, false) : std::nullopt;
        case HaproxySample::Kind::Captured:
            return sample.slot >= 0 && size_t(sample.slot) < m_captures.size() ? m_captures[size_t(sample.slot)]
                                                                               : std::nullopt;
        case HaproxySample::Kind::Variable: {
            const auto found = m_variables.constFind(sample.argument);
            return found == m_variables.constEnd() ? std::nullopt : Value(*found);
        }
        case HaproxySample::Kind::Method: return m_request.method;
        case HaproxySample::Kind::Path: return m_request.path();
        case HaproxySample::Kind::Secure: return QByteArray(m_context.server().scheme == "https" ? "1" : "0");
        case HaproxySample::Kind::Status: return m_answer ? Value(QByteArray::number(m_answer->status)) : std::nullopt;
        case HaproxySample::Kind::Text: return sample.argument;
        }
        return std::nullopt;
    }

    QByteArray formatted(const HaproxyFormat& format) const
    {
        QByteArray result;
        for (const auto& part : format.parts)
            result += part.isSample ? value(part.sample).value_or(QByteArray()) : part.text;
        return result;
    }

    const HaproxyConfig& m_config;
    RequestMessage m_request;
    StageContext& m_context;
    Spec& m_spec;
    const ResponseMessage* m_answer = nullptr;
    std::vector<Value> m_captures;
    QHash<QByteArray, QByteArray> m_variables;
};

class Haproxy final : public Stage
{
public:
    Haproxy(const QString& title, std::shared_ptr<const HaproxyConfig> config, int upstreamError)
        : m_title(title), m_config(std::move(config)), m_upstreamError(upstreamError)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("haproxy"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        return {Run(*m_config, request, context).handle(m_upstreamError)};
    }

private:
    QString m_title;
    std::shared_ptr<const HaproxyConfig> m_config;
    int m_upstreamError; ///< what HAProxy answers for an application that does not; 0: it answers
};

} // namespace

Result<std::shared_ptr<const Stage>> makeHaproxy(const StageSettings& settings)
{
    const auto config = configOf<HaproxyConfig>(settings);
    if (!config)
        return config.error();
    return std::shared_ptr<const Stage>(
        std::make_shared<Haproxy>(settings.title, *config, upstreamErrorOf(settings.values, 503)));
}

} // namespace corscope
