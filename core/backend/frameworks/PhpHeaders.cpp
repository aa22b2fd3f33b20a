#include "core/backend/frameworks/PhpHeaders.h"

#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";

QString tr(const char* text) { return QCoreApplication::translate("PhpHeaders", text); }

std::optional<QByteArray> field(const RequestMessage& request, QByteArrayView name)
{
    const auto values = request.headers.values(name);
    return values.isEmpty() ? std::nullopt : std::optional(ascii::join(values, ", "));
}

struct Settings
{
    QString reflect;   ///< "no", "always", "where there is one"
    HeaderList lines;
    bool echoRequested = false; ///< OPTIONS: the headers asked for are allowed
    int optionsExit = 0;        ///< the status OPTIONS ends with; 0: it goes on
};

class PhpHeaders final : public Stage
{
public:
    PhpHeaders(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("php-headers"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    HeaderList ownHeaders(const RequestMessage& request, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

HeaderList PhpHeaders::ownHeaders(const RequestMessage& request, Spec& spec) const
{
    HeaderList headers;
    // A second header() of the same name replaces the first.
    const auto header = [&](const QByteArray& name, const QByteArray& value, const char* number) {
        headers.remove(name);
        headers.append(name, value);
        if (spec.listening())
            spec.let(number, name.constData(), value);
    };

    // 1. Is the origin sent back? Without a look at it, so everyone is let in.
    const auto origin = field(request, "Origin");
    const bool always = m_settings.reflect == QLatin1String("always");
    const bool ifThere = m_settings.reflect == QLatin1String("where there is one");
    if (spec.ask("1", always || (ifThere && origin), {{"Origin", origin, std::nullopt}}))
        header(allowOrigin, origin.value_or(QByteArray()), "1.1");
    // 2. The lines, in their order.
    for (const auto& line : m_settings.lines)
        header(line.name, line.value, "2");
    // 3. The headers asked for.
    const auto requested = field(request, "Access-Control-Request-Headers");
    if (m_settings.echoRequested
        && spec.ask("3", request.method == "OPTIONS" && requested,
                    {{"method", request.method, "OPTIONS"},
                     {"Access-Control-Request-Headers", requested, std::nullopt}}))
        header("Access-Control-Allow-Headers", *requested, "3.1");
    return headers;
}

StageAnswer PhpHeaders::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    auto headers = ownHeaders(request, spec);

    StageAnswer result;
    // 4. Does OPTIONS end here?
    if (m_settings.optionsExit != 0
        && spec.ask("4", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}})) {
        result.response = {m_settings.optionsExit, reasonPhrase(m_settings.optionsExit),
                           {{"Content-type", "text/html; charset=UTF-8"}}, {}};
    } else {
        // 5. The rest of the script runs; what it sends comes behind, beside what is there.
        spec.step("5");
        result = context.next(request);
        if (spec.ask("5.1", result.raised))
            result = {{500, reasonPhrase(500), {{"Content-Type", "text/html; charset=UTF-8"}}, "Server Error"}};
    }
    for (const auto& line : result.response.headers)
        headers.append(line.name, line.value);
    result.response.headers = headers;

    // 6. The verdict.
    if (spec.listening()) {
        const auto origin = field(request, "Origin");
        const auto allowed = headers.get(allowOrigin);
        const bool granted = allowed && (*allowed == "*" || !origin || *allowed == *origin);
        context.decide("6", granted ? Verdict::Success : Verdict::Failure, {{allowOrigin, allowed, origin}},
                       result.response, allowOrigin);
    }
    return result;
}

} // namespace

Result<std::shared_ptr<const Stage>> makePhpHeaders(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    HeaderList lines;
    const auto given = value("headers").toArray();
    for (qsizetype i = 0; i < given.size(); ++i) {
        const auto text = given[i].toString().toUtf8();
        const auto colon = text.indexOf(':');
        const auto name = text.left(colon);
        const auto content = normalizedHeaderValue(text.mid(colon + 1));
        if (colon < 1 || !isHeaderName(name) || !isHeaderValue(content))
            return InputError{QStringLiteral("headers[%1]").arg(i), tr("a header line (Name: value)"),
                              QString::fromUtf8(text)};
        lines.append(name, content);
    }
    return std::shared_ptr<const Stage>(std::make_shared<PhpHeaders>(
        settings.title, Settings{value("reflect").toString(), lines, value("echo_requested_headers").toBool(),
                                 value("options_exit").toString().toInt()}));
}

} // namespace corscope
