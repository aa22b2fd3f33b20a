#include "app/cli/StdioSession.h"

#include "core/url/Site.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QSslConfiguration>

namespace corscope::cli {

/// Fetches that can wait for the network at the same time; the next ones queue.
static constexpr int mostWorkers = 512;
static constexpr qint64 largestId = qint64(1) << 53;

static QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

StdioSession::StdioSession(std::function<void(const QByteArray&)> write, StdioCarrier carrier)
    : m_write(std::move(write)), m_browser(std::move(carrier))
{
    m_workers.setMaxThreadCount(mostWorkers);
}

StdioSession::~StdioSession()
{
    abortAll();
    m_workers.waitForDone();
}

StdioSession::Command StdioSession::commandOf(const QString& name)
{
    static const std::map<QString, Command> commands{
        {QStringLiteral("hello"), &StdioSession::hello},
        {QStringLiteral("configure"), &StdioSession::configure},
        {QStringLiteral("reset"), &StdioSession::reset},
        {QStringLiteral("abort"), &StdioSession::abort},
        {QStringLiteral("cookie-get"), &StdioSession::cookieGet},
        {QStringLiteral("cookie-set"), &StdioSession::cookieSet},
        {QStringLiteral("state"), &StdioSession::state},
    };
    const auto found = commands.find(name);
    return found == commands.end() ? nullptr : found->second;
}

void StdioSession::receive(const QByteArray& line)
{
    if (line.trimmed().isEmpty())
        return;
    const auto message = parseJsonObject(line, {});
    if (!message)
        return fault(QJsonValue::Null, message.error().sentence());

    JsonReader reader{QString()};
    const StdioFields fields(reader, {}, *message);
    const auto id = fields.required("id").wholeNumber(-largestId, largestId);
    const QJsonValue echo = reader.error() ? QJsonValue(QJsonValue::Null) : message->value(QLatin1String("id"));
    const auto name = fields.required("cmd").text();
    if (reader.error())
        return fault(echo, reader.error()->sentence());
    if (isInFlight(id))
        return fault(echo, tr("id: expected one that no fetch in flight has, found %1").arg(id));

    if (name == QLatin1String("fetch"))
        return fetch(id, fields);
    const auto command = commandOf(name);
    if (!command)
        return fault(echo, tr("unknown cmd \"%1\"").arg(name));
    const auto result = (this->*command)(fields);
    // cppcheck-suppress identicalConditionAfterEarlyExit ; a command reads its fields, and fails with them
    if (reader.error())
        return fault(echo, reader.error()->sentence());
    reply(echo, "result", result);
}

QJsonObject StdioSession::hello(const StdioFields& fields)
{
    fields.required("protocol").wholeNumber(1, 1);
    return {{QStringLiteral("protocol"), 1},
            {QStringLiteral("name"), QStringLiteral("corscope")},
            {QStringLiteral("version"), QStringLiteral(CORSCOPE_VERSION)}};
}

QJsonObject StdioSession::configure(const StdioFields& fields)
{
    StdioEnvironment environment;
    if (fields.has("hosts")) {
        const auto pairs = fields["hosts"].items();
        for (const auto& item : pairs) {
            const auto pair = item.value().isArray() ? item.items() : QList<JsonField>();
            if (pair.size() != 2) {
                item.fail(tr("[pattern, loopback address]"));
                continue;
            }
            const auto added = environment.names.add(pair[0].utf8(), pair[1].utf8());
            if (!added)
                fields.reader().fail(item.path(), added.error().expected, QLatin1Char('"') + added.error().found + QLatin1Char('"'));
        }
    }
    environment.trust.anyCertificate = fields.boolean("ignoreCertErrors", false);
    if (!environment.trust.anyCertificate) {
        if (!m_systemAuthorities) // Qt reads them anew each time
            m_systemAuthorities = QSslConfiguration::systemCaCertificates();
        environment.trust.authorities = *m_systemAuthorities;
    }
    if (fields.has("caFile")) {
        QFile file(fields["caFile"].text());
        const auto more = file.open(QIODevice::ReadOnly) ? QSslCertificate::fromDevice(&file) : QList<QSslCertificate>();
        if (more.isEmpty())
            fields["caFile"].fail(tr("a PEM file with a certificate"));
        environment.trust.authorities += more;
    }
    if (fields.reader().error())
        return {};
    m_environment = std::make_shared<const StdioEnvironment>(std::move(environment));
    m_browser.connections.closeIdleConnections(); // which may lead elsewhere, or be trusted no longer
    return {};
}

QJsonObject StdioSession::reset(const StdioFields& fields)
{
    if (!fields.has("only")) {
        abortAll();
        const std::lock_guard turn(m_browser.turn);
        m_browser.reset();
        return {};
    }
    static const QStringList parts{QStringLiteral("cookies"), QStringLiteral("preflight"), QStringLiteral("http-cache"),
                                   QStringLiteral("auth"), QStringLiteral("connections")};
    QList<int> chosen;
    const auto items = fields["only"].items();
    for (const auto& item : items)
        chosen.append(item.oneOf(parts));
    if (fields.reader().error())
        return {};
    const std::lock_guard turn(m_browser.turn);
    if (chosen.contains(0))
        m_browser.browser.cookieJar.clear();
    if (chosen.contains(1))
        m_browser.browser.preflightCache.clear();
    if (chosen.contains(2))
        m_browser.browser.httpCache.clear();
    if (chosen.contains(3))
        m_browser.browser.authenticationEntries.clear();
    if (chosen.contains(4))
        m_browser.connections.closeIdleConnections();
    return {};
}

QJsonObject StdioSession::abort(const StdioFields& fields)
{
    const auto target = fields.required("target").wholeNumber(-largestId, largestId);
    if (!fields.reader().error())
        abortFetch(target);
    return {};
}

static CookieRequest scriptRequest(const Client& client)
{
    return {client.url, isSameSite(client.topLevelOrigin, client.url.origin()), false, "GET", false};
}

static bool hasCookies(const Client& client)
{
    return client.url.hasHttpScheme() && !client.origin.isOpaque();
}

QJsonObject StdioSession::cookieGet(const StdioFields& fields)
{
    const auto client = readClient(fields.object("client"));
    if (fields.reader().error())
        return {};
    const std::lock_guard turn(m_browser.turn);
    m_browser.tellTime();
    auto& browser = m_browser.browser;
    const auto cookie = hasCookies(client) ? browser.cookieJar.cookieString(scriptRequest(client), browser.clock.now())
                                           : QByteArray();
    return {{QStringLiteral("cookie"), isomorphic(cookie)}};
}

QJsonObject StdioSession::cookieSet(const StdioFields& fields)
{
    const auto client = readClient(fields.object("client"));
    const auto cookie = fields.required("cookie").isomorphic();
    if (fields.reader().error() || !hasCookies(client))
        return {};
    const std::lock_guard turn(m_browser.turn);
    m_browser.tellTime();
    auto& browser = m_browser.browser;
    // A cookie that the jar does not take is no fault: script is not told either.
    static_cast<void>(browser.cookieJar.store(cookie, scriptRequest(client), browser.clock.now()));
    return {};
}

static QJsonArray rowsOf(const StateTable& table)
{
    QJsonArray rows;
    for (const auto& row : table.rows) {
        QJsonObject object;
        for (qsizetype i = 0; i < row.size(); ++i)
            object[QString::fromLatin1(table.columns[i])] = isomorphic(row[i]);
        rows.append(object);
    }
    return rows;
}

static QJsonArray rowsOf(const PreflightCache& cache, Instant now)
{
    QJsonArray rows;
    for (const auto& entry : cache.entries()) {
        if (entry.expired(now))
            continue;
        QJsonObject object{{QStringLiteral("key"), QString::fromUtf8(entry.key)},
                           {QStringLiteral("origin"), QString::fromUtf8(entry.origin)},
                           {QStringLiteral("url"), QString::fromUtf8(entry.url.serialized())},
                           {QStringLiteral("maxAge"), entry.maxAge},
                           {QStringLiteral("credentials"), entry.credentials}};
        if (entry.headerName.isEmpty())
            object[QStringLiteral("method")] = isomorphic(entry.method);
        else
            object[QStringLiteral("headerName")] = isomorphic(entry.headerName);
        rows.append(object);
    }
    return rows;
}

QJsonObject StdioSession::state(const StdioFields&)
{
    const std::lock_guard turn(m_browser.turn);
    m_browser.tellTime();
    const auto& browser = m_browser.browser;
    return {{QStringLiteral("cookies"), rowsOf(browser.cookieJar.table(browser.clock.now()))},
            {QStringLiteral("preflightCache"), rowsOf(browser.preflightCache, browser.clock.now())}};
}

void StdioSession::fetch(qint64 id, const StdioFields& fields)
{
    const auto inFlight = std::make_shared<InFlight>(m_browser, m_environment);
    const auto requestFields = fields.object("request");
    inFlight->request = readRequest(requestFields);
    // Either place is natural to write it in.
    inFlight->wantsTrace = requestFields.boolean("trace", false) || fields.boolean("trace", false);
    if (fields.reader().error())
        return fault(id, fields.reader().error()->sentence());
    {
        const std::lock_guard lock(m_mutex);
        m_inFlight[id] = inFlight;
    }
    m_workers.start([this, id, inFlight] { run(id, *inFlight); });
    // What comes after this message must not get in front of it: not before the fetch has looked at cookies and caches.
    inFlight->network.underWay().acquire();
}

void StdioSession::run(qint64 id, InFlight& fetch)
{
    QJsonObject result;
    {
        const std::lock_guard turn(m_browser.turn);
        m_browser.tellTime();
        FetchParams fetchParams{std::move(fetch.request), m_browser.browser, fetch.network, Recorder::silent(), fetch.tally};
        const auto response = corscope::fetch(fetchParams);
        result = toJson(response, fetchParams.request);
        if (fetch.wantsTrace)
            result[QStringLiteral("trace")] = traceOf(response, fetch.network);
    }
    fetch.network.underWay().release();
    answer(id, result);
}

void StdioSession::answer(qint64 id, const QJsonObject& result)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_inFlight.erase(id) == 0)
            return;
    }
    reply(id, "result", result);
    m_answered.notify_all();
}

void StdioSession::abortFetch(qint64 id)
{
    std::shared_ptr<InFlight> fetch;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_inFlight.find(id);
        if (found == m_inFlight.end())
            return;
        fetch = found->second;
    }
    fetch->network.abort();
    answer(id, abortedResult());
}

void StdioSession::abortAll()
{
    std::vector<qint64> ids;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [id, fetch] : m_inFlight)
            ids.push_back(id);
    }
    for (const auto id : ids)
        abortFetch(id);
}

bool StdioSession::isInFlight(qint64 id)
{
    const std::lock_guard lock(m_mutex);
    return m_inFlight.count(id) > 0;
}

void StdioSession::finish(Milliseconds patience)
{
    {
        std::unique_lock lock(m_mutex);
        m_answered.wait_for(lock, patience, [this] { return m_inFlight.empty(); });
    }
    abortAll();
    m_workers.waitForDone();
}

void StdioSession::reply(const QJsonValue& id, const char* key, const QJsonObject& object)
{
    const auto line = QJsonDocument(QJsonObject{{QStringLiteral("id"), id}, {QString::fromLatin1(key), object}})
                          .toJson(QJsonDocument::Compact);
    const std::lock_guard lock(m_writing);
    m_write(line);
}

void StdioSession::fault(const QJsonValue& id, const QString& message)
{
    reply(id, "fault", {{QStringLiteral("message"), message}});
}

} // namespace corscope::cli
