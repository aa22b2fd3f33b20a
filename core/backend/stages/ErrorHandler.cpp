#include "core/backend/stages/ErrorHandler.h"

namespace corscope {

namespace {

class ErrorHandler final : public Stage
{
public:
    ErrorHandler(const QString& title, const QByteArray& contentType, const QByteArray& body)
        : m_title(title), m_contentType(contentType), m_body(body)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("error-handler"); }

    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        auto& spec = context.spec();
        // 1. The rest of the server answers.
        spec.step("1");
        const auto answer = context.next(request);

        // 2. Did an exception come back instead of an answer?
        if (!spec.ask("2", answer.raised))
            return answer;

        // 3. A fresh answer is written here, so whatever the stages inside add to answers is not on it.
        ResponseMessage response{500, reasonPhrase(500), {{"content-type", m_contentType}}, m_body};
        context.decide("3", Verdict::Failure, {{"status", "500", std::nullopt}}, response);
        return {response};
    }

private:
    QString m_title;
    QByteArray m_contentType;
    QByteArray m_body;
};

} // namespace

Result<std::shared_ptr<const Stage>> makeErrorHandler(const StageSettings& settings)
{
    return std::shared_ptr<const Stage>(std::make_shared<ErrorHandler>(
        settings.title, settings.values[QLatin1String("content_type")].toString().toUtf8(),
        settings.values[QLatin1String("body")].toString().toUtf8()));
}

} // namespace corscope
