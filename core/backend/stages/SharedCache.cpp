#include "core/backend/stages/SharedCache.h"

#include "core/backend/stages/ErrorPage.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <mutex>

namespace corscope {

namespace {

constexpr size_t storeLimit = 1000; ///< answers; the oldest goes first

std::optional<QByteArray> cacheDirective(const HeaderList& headers, QByteArrayView name)
{
    for (const auto& directive : headers.getDecodeSplit("Cache-Control").value_or(QList<QByteArray>{})) {
        const auto equals = directive.indexOf('=');
        const auto word = equals < 0 ? directive : directive.left(equals);
        if (ascii::equalIgnoringCase(word.trimmed(), name))
            return equals < 0 ? QByteArray("") : directive.mid(equals + 1).trimmed();
    }
    return std::nullopt;
}

struct StoredAnswer
{
    QByteArray target;
    HeaderList selecting; ///< request headers that the answer's Vary names, with their values then; "" where absent
    std::optional<QByteArray> origin; ///< of the request it was made for
    ResponseMessage response;
    Instant stored;
    Instant expires;
};

class SharedCache final : public Stage
{
public:
    SharedCache(const QString& title, bool honoursVary, Milliseconds defaultLifetime)
        : m_title(title), m_honoursVary(honoursVary), m_defaultLifetime(defaultLifetime)
    {}

    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("shared-cache"); }

    StageAnswer handle(const RequestMessage& request, StageContext& context) const override
    {
        auto& spec = context.spec();
        // 1. Only answers to GET are kept.
        const bool get = spec.ask("1", request.method == "GET", {{"method", request.method, "GET"}});

        // 2. Is there one already?
        const auto found = get ? lookUp(request, context.now()) : std::nullopt;
        if (get && spec.ask("2", found.has_value(), {{"URL", request.target, std::nullopt}}))
            return fromStore(request, *found, context);

        // 3. No: the application answers. Its exceptions end at its own server.
        spec.step("3");
        auto answer = context.next(request);
        if (answer.raised)
            answer = {internalServerError()};

        // 4. May others get it as well?
        if (get && spec.ask("4", mayBeStored(request, answer.response),
                            {{"status", QByteArray::number(answer.response.status), "200"},
                             {"Cache-Control", answer.response.headers.get("Cache-Control"), std::nullopt},
                             {"Vary", answer.response.headers.get("Vary"), std::nullopt}}))
            store(request, answer.response, context);
        answer.response.headers.append("x-cache", "MISS");
        return answer;
    }

private:
    std::optional<StoredAnswer> lookUp(const RequestMessage& request, Instant now) const
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& entry : m_store)
            if (entry.target == request.target && entry.expires > now && selects(entry, request))
                return entry;
        return std::nullopt;
    }

    bool selects(const StoredAnswer& entry, const RequestMessage& request) const
    {
        if (!m_honoursVary)
            return true;
        return std::all_of(entry.selecting.begin(), entry.selecting.end(), [&](const Header& header) {
            return request.headers.get(header.name).value_or(QByteArray("")) == header.value;
        });
    }

    StageAnswer fromStore(const RequestMessage& request, const StoredAnswer& stored, StageContext& context) const
    {
        auto answer = stored.response;
        const auto age = std::chrono::floor<std::chrono::seconds>(context.now() - stored.stored).count();
        answer.headers.append("age", QByteArray::number(qint64(age)));
        answer.headers.append("x-cache", "HIT");
        context.decide("2.1", Verdict::Success,
                       {{"Origin then", stored.origin, std::nullopt},
                        {"Origin now", request.headers.get("Origin"), std::nullopt}},
                       answer, answer.headers.contains("Access-Control-Allow-Origin") ? "Access-Control-Allow-Origin"
                                                                                       : "x-cache");
        return {answer};
    }

    bool mayBeStored(const RequestMessage& request, const ResponseMessage& response) const
    {
        const auto vary = response.headers.getDecodeSplit("Vary").value_or(QList<QByteArray>{});
        return response.status == 200 && !request.headers.contains("Authorization")
            && !response.headers.contains("Set-Cookie") && !cacheDirective(response.headers, "no-store")
            && !cacheDirective(response.headers, "private") && !cacheDirective(response.headers, "no-cache")
            && !(m_honoursVary && vary.contains("*")) && lifetime(response) > Milliseconds(0);
    }

    Milliseconds lifetime(const ResponseMessage& response) const
    {
        for (const char* name : {"s-maxage", "max-age"})
            if (const auto seconds = cacheDirective(response.headers, name))
                return std::chrono::seconds(std::max(0LL, seconds->toLongLong()));
        return m_defaultLifetime;
    }

    void store(const RequestMessage& request, const ResponseMessage& response, StageContext& context) const
    {
        StoredAnswer entry{request.target, {}, request.headers.get("Origin"), response, context.now(),
                           context.now() + lifetime(response)};
        for (const auto& name : response.headers.getDecodeSplit("Vary").value_or(QList<QByteArray>{}))
            entry.selecting.append(name, request.headers.get(name).value_or(QByteArray("")));
        context.spec().let("5", "URL", request.target);

        const std::lock_guard lock(m_mutex);
        std::erase_if(m_store, [&](const auto& e) {
            return e.target == entry.target && (!m_honoursVary || e.selecting == entry.selecting);
        });
        if (m_store.size() >= storeLimit)
            m_store.erase(m_store.begin());
        m_store.push_back(std::move(entry));
    }

    QString m_title;
    bool m_honoursVary;
    Milliseconds m_defaultLifetime;
    mutable std::mutex m_mutex;
    mutable std::vector<StoredAnswer> m_store; ///< oldest first
};

} // namespace

Result<std::shared_ptr<const Stage>> makeSharedCache(const StageSettings& settings)
{
    const auto lifetime = settings.values[QLatin1String("lifetime")].toDouble();
    if (lifetime < 0 || lifetime > 31536000)
        return InputError{QStringLiteral("lifetime"),
                          QCoreApplication::translate("SharedCache", "seconds, from 0 to 31536000 (a year)"),
                          QString::number(lifetime)};
    return std::shared_ptr<const Stage>(std::make_shared<SharedCache>(
        settings.title, settings.values[QLatin1String("vary")].toString() == QLatin1String("honour"),
        std::chrono::seconds(qint64(lifetime))));
}

} // namespace corscope
