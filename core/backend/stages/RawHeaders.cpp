#include "core/backend/stages/RawHeaders.h"

#include "core/backend/stages/HeaderSettings.h"

namespace corscope {

namespace {

class RawHeaders final : public Stage
{
public:
    RawHeaders(const QString& title, const HeaderList& headers, bool successOnly, bool preflight)
        : m_title(title), m_headers(headers), m_successOnly(successOnly), m_preflight(preflight)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("raw-headers"); }

    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        auto& spec = context.spec();
        // 1. Is it a preflight, and is this stage to answer it?
        if (spec.ask("1", m_preflight && request.isCorsPreflight(),
                     {{"method", request.method, "OPTIONS"},
                      {"Origin", request.headers.get("Origin"), std::nullopt},
                      {"Access-Control-Request-Method", request.headers.get("Access-Control-Request-Method"),
                       std::nullopt}})) {
            ResponseMessage answer{204, reasonPhrase(204), {}, {}};
            add(answer, "1.1", spec);
            context.decide("1.2", Verdict::Success, {}, answer, "Access-Control-Allow-Origin");
            return {answer};
        }

        // 2. The rest of the server answers.
        spec.step("2");
        auto answer = context.next(request);

        // 3. Is it an answer that gets the headers?
        const bool success = answer.response.status >= 200 && answer.response.status <= 299;
        const bool fits = !answer.raised && (success || !m_successOnly);
        if (spec.ask("3", fits, {{"status", QByteArray::number(answer.response.status), std::nullopt}}))
            add(answer.response, "4", spec);
        return answer;
    }

private:
    void add(ResponseMessage& answer, const char* number, Spec& spec) const
    {
        for (const auto& header : m_headers) {
            answer.headers.append(header.name, header.value);
            if (spec.listening())
                spec.let(number, header.name.constData(), header.value);
        }
    }

    QString m_title;
    HeaderList m_headers;
    bool m_successOnly;
    bool m_preflight;
};

} // namespace

Result<std::shared_ptr<const Stage>> makeRawHeaders(const StageSettings& settings)
{
    auto headers = headersOf(settings.values, QStringLiteral("headers"));
    if (!headers)
        return headers.error();
    return std::shared_ptr<const Stage>(std::make_shared<RawHeaders>(
        settings.title, *headers, settings.values[QLatin1String("when")].toString() == QLatin1String("2xx"),
        settings.values[QLatin1String("preflight")].toBool()));
}

} // namespace corscope
