#include "core/http/Codec.h"
#include "core/network/LiveBackend.h"
#include "tests/oracles/middleware/MiddlewareRecording.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace corscope;
using namespace corscope::oracles;

/// Any HTTP client that calls the running backend gets what the real middleware was recorded to answer.
class tst_Curl : public QObject
{
    Q_OBJECT

    QTemporaryDir m_authority;
    QString m_curl;
    std::optional<MiddlewareRecording> m_recording;
    std::vector<RecordedRequest> m_requests;

    static QString data(const char* name)
    {
        return QStringLiteral(CORSCOPE_SOURCE_DIR "/tests/data/middleware/%1").arg(QLatin1String(name));
    }

    // curl's own headers (Host, Accept, User-Agent) go along; the middleware looks at none of them.
    ResponseMessage ask(quint16 port, const RequestMessage& request) const
    {
        QStringList arguments{QStringLiteral("-s"), QStringLiteral("-i"), QStringLiteral("-X"),
                              QString::fromLatin1(request.method)};
        for (const auto& [name, value] : request.headers)
            arguments << QStringLiteral("-H")
                      << QString::fromLatin1(value.isEmpty() ? QByteArray(name + ';') : QByteArray(name + ": " + value));
        arguments << QStringLiteral("http://127.0.0.1:%1%2").arg(port).arg(QString::fromLatin1(request.target));
        QProcess curl;
        curl.start(m_curl, arguments);
        if (!curl.waitForFinished(10000))
            return {};
        ResponseParser parser(request.method);
        parser.feed(curl.readAllStandardOutput());
        parser.eof();
        return parser.message();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_curl = QStandardPaths::findExecutable(QStringLiteral("curl"));
        QVERIFY2(!m_curl.isEmpty(), "curl is not installed");
        auto requests = loadRequests(data("requests.json"));
        QVERIFY(requests.ok());
        auto recording = MiddlewareRecording::load(data("starlette-1.3.1.json"), *requests);
        QVERIFY(recording.ok());
        m_recording = *recording;
        m_requests = *requests;
    }

    void preflightsAreAnsweredAsRecorded_data()
    {
        QTest::addColumn<QByteArray>("config");
        for (const char* id : {"default", "full", "full-star", "full-star-cred", "rx-sub"})
            QTest::newRow(id) << QByteArray(id);
    }

    void preflightsAreAnsweredAsRecorded()
    {
        QFETCH(QByteArray, config);
        const auto recorded = std::find_if(m_recording->configs.begin(), m_recording->configs.end(),
                                           [&](const auto& c) { return c.id == config; });
        QVERIFY(recorded != m_recording->configs.end());

        ServerConfig server;
        server.id = "api";
        server.port = 5000;
        server.pipeline = {{"cors", "fastapi", "1.3.1", true, recorded->options}};
        server.routes = {{"GET", "/items", 200, {}, "[]", {}}};
        const auto live = LiveBackend::start(*Backend::create({server}),
                                             {PortPolicy::Free, [] { return Clock::start; }, m_authority.path()});
        QVERIFY(live.ok());

        int compared = 0;
        for (size_t i = 0; i < m_requests.size(); ++i) {
            const auto& request = m_requests[i];
            if (!request.message.isCorsPreflight() || recorded->answers[i] < 0)
                continue;
            const auto answer = ask(live.value()->servers().front()->port(), request.message);
            const auto different = differences(m_recording->responses[size_t(recorded->answers[i])], answer, Body::Compare);
            QVERIFY2(different.isEmpty(), qPrintable(QString::fromUtf8(request.id) + QStringLiteral(": ")
                                                     + different.join(QStringLiteral("; "))));
            ++compared;
        }
        qInfo("%d preflights, all as recorded", compared);
        QVERIFY(compared > 30);
    }
};

QTEST_GUILESS_MAIN(tst_Curl)
#include "tst_curl.moc"
