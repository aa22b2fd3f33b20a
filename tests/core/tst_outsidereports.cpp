#include "core/advise/FixSearch.h"
#include "core/advise/Trial.h"
#include "core/paste/PastedReport.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QTest>

using namespace corscope;

/// Bug reports of strangers that are not in the library: pasted as their authors wrote them, as far as it matters, and
/// nothing else is typed. The fix that helped them has to be among the first three proposals.
class tst_OutsideReports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePastedReportLeadsToTheFixThatHelped_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("why");    // what the console said
        QTest::addColumn<QByteArrayList>("fix"); // what the changed code has to hold, all of it

        // https://github.com/fastapi/fastapi/issues/5308: an origin has no path.
        QTest::newRow("FastAPI: the origin is written with a path")
            << QByteArray(R"(Access to fetch at 'http://localhost:8000/get-data' from origin 'http://localhost:3000' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.

app.add_middleware(
    CORSMiddleware,
    allow_origins=[
        "http://localhost:3000/bar",
    ],
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)
)") << QByteArray("missing-allow-origin")
            << QByteArrayList{"allow_origins=[\"http://localhost:3000\"]"};

        // https://github.com/corydolphin/flask-cors/issues/132: the console of 2015; the option is off by default.
        QTest::newRow("Flask-CORS: credentials are not switched on")
            << QByteArray(R"(XMLHttpRequest cannot load http://localhost:5000/companies. Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is ''. It must be 'true' to allow credentials.

app = Flask(__name__)
CORS(app)
)") << QByteArray("allow-credentials-not-true")
            << QByteArrayList{"supports_credentials=True"};

        // https://github.com/expressjs/cors/issues/119: the star of the default does not go with credentials.
        QTest::newRow("Express: credentials are on, the origin is left to the default")
            << QByteArray("Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "
                          "\xe2\x80\x98http://foo/bar\xe2\x80\x99. (Reason: Credential is not supported if the CORS header "
                          "\xe2\x80\x98" "Access-Control-Allow-Origin\xe2\x80\x99 is \xe2\x80\x98*\xe2\x80\x99).\n\n"
                          "var cors = require('cors');\napp.use(cors({credentials: true}));\n")
            << QByteArray("wildcard-with-credentials") << QByteArrayList{"origin: [\"http://localhost:3000\"]", "credentials: true"};

        // https://github.com/expressjs/cors/issues/275: only POST was to be allowed, and in a browser DELETE is not.
        QTest::newRow("Express: the method is not on the list")
            << QByteArray(R"(Failed to load http://localhost:4000/items/4: Method DELETE is not allowed by Access-Control-Allow-Methods in preflight response.

var corsOptions = {
    origin: '*',
    methods: 'POST'
}
app.use(cors({ origin: '*', methods: 'POST' }))
)") << QByteArray("method-not-allowed")
            << QByteArrayList{"DELETE"};

        // https://stackoverflow.com/questions/14499320 and the many like it: two lines where one origin is to be named.
        QTest::newRow("nginx: a line of add_header for each origin")
            << QByteArray(R"(Fetch API cannot load https://api.anuary.com/. The 'Access-Control-Allow-Origin' header contains multiple values 'http://dev.anuary.com, https://dev.anuary.com', but only one is allowed. Origin 'https://dev.anuary.com' is therefore not allowed access.

location / {
    add_header Access-Control-Allow-Origin http://dev.anuary.com;
    add_header Access-Control-Allow-Origin https://dev.anuary.com;
}
)") << QByteArray("multiple-allow-origin")
            << QByteArrayList{"https://dev.anuary.com"};
    }
    void thePastedReportLeadsToTheFixThatHelped()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, why);
        QFETCH(QByteArrayList, fix);
        const auto report = paste::readPasted(text);
        QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().sentence()));
        const int action = int(report->scenario.actions.size()) - 1;
        QVERIFY2(report->outcome && report->outcome->blocked, "it does not happen again");
        QCOMPARE(QByteArray(whyId(report->outcome->blocked->why)), why);

        const auto advice = advise::advise(report->scenario, action);
        bool found = false;
        QByteArray seen;
        for (size_t i = 0; i < advice.proposals.size() && i < 3; ++i) {
            const auto& proposal = advice.proposals[i];
            QByteArray code;
            for (const auto& difference : proposal.differences)
                code += difference.codeAfter.isEmpty() ? difference.settingsAfter : difference.codeAfter;
            seen += proposal.title.toUtf8() + '\n' + code + '\n';
            const bool holds = std::all_of(fix.begin(), fix.end(), [&](const auto& part) { return code.contains(part); });
            if (!holds || proposal.who != advise::Who::Server)
                continue;
            found = true;
            QVERIFY2(proposal.opens.empty(), "the fix lets strangers in");
            const auto edited = scenariofile::edited(report->scenario, proposal.edits);
            QVERIFY(edited.ok());
            const auto trace = runInProcess(*edited);
            QVERIFY(trace.ok() && trace->lastSend());
            QVERIFY2(trace->lastSend()->allowed(), qPrintable(proposal.title));
            break;
        }
        QVERIFY2(found, seen.constData());
    }

    void aBrokenConnectionBreaksAgain_data()
    {
        QTest::addColumn<QByteArray>("error");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("reset") << QByteArray("net::ERR_CONNECTION_RESET") << QByteArray("connection-reset");
        QTest::newRow("closed") << QByteArray("net::ERR_EMPTY_RESPONSE") << QByteArray("connection-closed");
        QTest::newRow("no HTTP") << QByteArray("net::ERR_INVALID_HTTP_RESPONSE") << QByteArray("malformed-response");
        QTest::newRow("TLS") << QByteArray("net::ERR_SSL_PROTOCOL_ERROR") << QByteArray("tls-failure");
        QTest::newRow("nobody there") << QByteArray("net::ERR_CONNECTION_REFUSED") << QByteArray("connection-refused");
    }
    void aBrokenConnectionBreaksAgain()
    {
        QFETCH(QByteArray, error);
        QFETCH(QByteArray, why);
        const auto report = paste::readPasted("GET https://localhost:8443/api " + error);
        QVERIFY(report.ok());
        QVERIFY(report->outcome && report->outcome->blocked);
        QCOMPARE(QByteArray(whyId(report->outcome->blocked->why)), why);
        QCOMPARE(report->diagnosis.id, why);
    }
};

QTEST_GUILESS_MAIN(tst_OutsideReports)
#include "tst_outsidereports.moc"
