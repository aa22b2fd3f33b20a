#include "core/backend/stages/Auth.h"

namespace corscope {

namespace {

class Auth final : public Stage
{
public:
    Auth(const QString& title, bool authorization, bool cookie, bool exemptPreflight)
        : m_title(title), m_authorization(authorization), m_cookie(cookie), m_exemptPreflight(exemptPreflight)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("auth"); }

    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        auto& spec = context.spec();
        // 1. Is it a preflight that is let through without credentials?
        if (spec.ask("1", m_exemptPreflight && request.isCorsPreflight(), {{"method", request.method, "OPTIONS"}}))
            return context.next(request);

        // 2. Does it carry credentials?
        std::vector<Input> inputs;
        if (m_authorization)
            inputs.push_back({"Authorization", request.headers.get("Authorization"), std::nullopt});
        if (m_cookie)
            inputs.push_back({"Cookie", request.headers.get("Cookie"), std::nullopt});
        const bool known = (m_authorization && request.headers.contains("Authorization"))
            || (m_cookie && request.headers.contains("Cookie"));
        if (spec.ask("2", known, inputs))
            return context.next(request);

        // 3. No: nobody inside gets to see it.
        ResponseMessage answer{401,
                               reasonPhrase(401),
                               {{"www-authenticate", "Bearer"}, {"content-type", "application/json"}},
                               R"({"detail":"Not authenticated"})"};
        context.decide("3", Verdict::Failure, inputs, answer, "www-authenticate");
        return {answer};
    }

private:
    QString m_title;
    bool m_authorization;
    bool m_cookie;
    bool m_exemptPreflight;
};

} // namespace

Result<std::shared_ptr<const Stage>> makeAuth(const StageSettings& settings)
{
    const auto accepts = settings.values[QLatin1String("accepts")].toString();
    return std::shared_ptr<const Stage>(std::make_shared<Auth>(
        settings.title, accepts != QLatin1String("cookie"), accepts != QLatin1String("authorization"),
        settings.values[QLatin1String("exempt_preflight")].toBool()));
}

} // namespace corscope
