#include "core/backend/stages/Fault.h"

#include "core/http/Fault.h"

#include <QCoreApplication>

namespace corscope {

namespace {

enum class Requests { Any, Preflights, Others };

class FaultStage final : public Stage
{
public:
    FaultStage(const QString& title, const Fault& fault, Requests requests)
        : m_title(title), m_fault(fault), m_requests(requests)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("fault"); }

    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        auto& spec = context.spec();
        // 1. Is it a request whose answer is to fail?
        const bool preflight = request.isCorsPreflight();
        const bool struck = m_requests == Requests::Any || (m_requests == Requests::Preflights) == preflight;
        if (!spec.ask("1", struck,
                      {{"method", request.method, std::nullopt},
                       {"Access-Control-Request-Method", request.headers.get("Access-Control-Request-Method"),
                        std::nullopt}}))
            return context.next(request);

        // 2. The application does its work, and knows of nothing.
        spec.step("2");
        auto answer = context.next(request);

        // 3. Its answer is late. 4. Its answer breaks.
        if (m_fault.delay > Milliseconds(0))
            spec.effect("3", "late by " + QByteArray::number(m_fault.delay.count()) + " ms");
        if (m_fault.kind != Fault::Kind::None)
            spec.effect("4", faultId(m_fault.kind));
        context.setFault(m_fault);
        return answer;
    }

private:
    QString m_title;
    Fault m_fault;
    Requests m_requests;
};

} // namespace

Result<std::shared_ptr<const Stage>> makeFault(const StageSettings& settings)
{
    const auto& values = settings.values;
    const auto kind = faultFromId(values[QLatin1String("fault")].toString().toLatin1());
    Q_ASSERT(kind); // the description's choices are the ids
    const auto delay = qint64(values[QLatin1String("delay")].toDouble());
    if (delay < 0)
        return InputError{QStringLiteral("delay"), QCoreApplication::translate("Fault", "milliseconds, 0 or more"),
                          QString::number(delay)};
    const auto requests = values[QLatin1String("requests")].toString();
    return std::shared_ptr<const Stage>(std::make_shared<FaultStage>(
        settings.title, Fault{kind.value_or(Fault::Kind::None), Milliseconds(delay)},
        requests == QLatin1String("preflights") ? Requests::Preflights
            : requests == QLatin1String("all but preflights") ? Requests::Others
                                                              : Requests::Any));
}

} // namespace corscope
