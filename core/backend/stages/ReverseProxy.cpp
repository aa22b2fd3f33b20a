#include "core/backend/stages/ReverseProxy.h"

#include "core/backend/stages/ErrorPage.h"
#include "core/backend/stages/HeaderSettings.h"

namespace corscope {

namespace {

struct ProxySettings
{
    QList<QByteArray> hideRequest;
    HeaderList setRequest;
    QList<QByteArray> hide;
    HeaderList set;
    HeaderList add;
    bool always = false;
    bool overLimit = false;
    std::optional<qint64> maxBody; ///< bytes
    int upstreamError = 0;         ///< what the proxy answers for an application that does not; 0: it answers
};

class ReverseProxy final : public Stage
{
public:
    ReverseProxy(const QString& title, ProxySettings settings) : m_title(title), m_settings(std::move(settings)) {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("reverse-proxy"); }

    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        auto& spec = context.spec();
        // 1. Limits of the proxy's own, and an application that does not answer.
        if (const int status = ownStatus(request, spec)) {
            auto answer = errorPage(status);
            dress(answer, spec);
            context.decide("1.4", Verdict::Failure, {{"status", QByteArray::number(status), std::nullopt}}, answer);
            return {answer};
        }

        // 2. What the application is not to see, and what it sees in place of what the client sent.
        auto passed = request;
        hide(m_settings.hideRequest, passed.headers, "2", spec);
        for (const auto& header : m_settings.setRequest) {
            passed.headers.set(header.name, header.value);
            if (spec.listening())
                spec.let("2.1", header.name.constData(), header.value);
        }

        // 3. The application answers; its exceptions end at its own server.
        auto answer = context.next(passed);
        if (spec.ask("3", answer.raised))
            answer = {internalServerError()};

        // 4. What the page is not to see.
        hide(m_settings.hide, answer.response.headers, "4", spec);
        dress(answer.response, spec);
        return answer;
    }

private:
    /// \returns 0 where the request is passed on.
    int ownStatus(const RequestMessage& request, Spec& spec) const
    {
        if (spec.ask("1.1", m_settings.overLimit))
            return 429;
        const auto limit = m_settings.maxBody;
        const bool tooLarge = limit && request.body.size() > *limit;
        if (limit && spec.ask("1.2", tooLarge,
                              {{"body in bytes", QByteArray::number(request.body.size()), QByteArray::number(*limit)}}))
            return 413;
        if (spec.ask("1.3", m_settings.upstreamError != 0))
            return m_settings.upstreamError;
        return 0;
    }

    static void hide(const QList<QByteArray>& names, HeaderList& headers, const char* number, Spec& spec)
    {
        for (const auto& name : names) {
            if (!headers.contains(name))
                continue;
            if (spec.listening())
                spec.let(number, name.constData(), headers.get(name));
            headers.remove(name);
        }
    }

    void dress(ResponseMessage& answer, Spec& spec) const
    {
        if (m_settings.set.isEmpty() && m_settings.add.isEmpty())
            return;
        // 5. Is it an answer that gets the proxy's headers?
        if (!spec.ask("5", m_settings.always || takesAddedHeaders(answer.status),
                      {{"status", QByteArray::number(answer.status), std::nullopt}}))
            return;

        // 6. and 7. Some replace what the application says, others stand beside it.
        for (const auto& header : m_settings.set) {
            answer.headers.set(header.name, header.value);
            if (spec.listening())
                spec.let("6", header.name.constData(), header.value);
        }
        for (const auto& header : m_settings.add) {
            answer.headers.append(header.name, header.value);
            if (spec.listening())
                spec.let("7", header.name.constData(), answer.headers.get(header.name));
        }
    }

    QString m_title;
    ProxySettings m_settings;
};

} // namespace

Result<std::shared_ptr<const Stage>> makeReverseProxy(const StageSettings& settings)
{
    const auto& values = settings.values;
    auto hideRequest = headerNamesOf(values, QStringLiteral("hide_request"));
    if (!hideRequest)
        return hideRequest.error();
    auto setRequest = headersOf(values, QStringLiteral("set_request"));
    if (!setRequest)
        return setRequest.error();
    auto hide = headerNamesOf(values, QStringLiteral("hide"));
    if (!hide)
        return hide.error();
    auto set = headersOf(values, QStringLiteral("set"));
    if (!set)
        return set.error();
    auto add = headersOf(values, QStringLiteral("add"));
    if (!add)
        return add.error();

    const auto maxBody = values[QLatin1String("max_body")];
    return std::shared_ptr<const Stage>(std::make_shared<ReverseProxy>(
        settings.title,
        ProxySettings{*hideRequest, *setRequest, *hide, *set, *add,
                      values[QLatin1String("when")].toString() == QLatin1String("always"),
                      values[QLatin1String("over_limit")].toBool(),
                      maxBody.isNull() ? std::nullopt : std::optional(qint64(maxBody.toDouble())),
                      upstreamErrorOf(values, 502)}));
}

} // namespace corscope
