#include "core/trace/Blocked.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace corscope;

/// "MissingAllowOrigin" -> "missing-allow-origin"
static QByteArray kebab(const QString& enumerator)
{
    QString id = enumerator;
    static const QRegularExpression inner(QStringLiteral("(?<=[a-z])([A-Z])"));
    return id.replace(inner, QStringLiteral("-\\1")).toLower().toLatin1();
}

/// The enumerators of Why, as the header declares them.
static QStringList enumerators()
{
    QFile header(QStringLiteral(CORSCOPE_SOURCE_DIR "/core/trace/Blocked.h"));
    if (!header.open(QIODevice::ReadOnly))
        return {};
    auto text = QString::fromUtf8(header.readAll());
    text = text.section(QStringLiteral("enum class Why {"), 1).section(QStringLiteral("};"), 0, 0);
    text.remove(QRegularExpression(QStringLiteral("//[^\n]*")));
    QStringList result;
    for (const auto& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (const auto name = part.trimmed(); !name.isEmpty())
            result.append(name);
    return result;
}

class TestBlocked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyReasonHasItsNameAsId()
    {
        const auto names = enumerators();
        QVERIFY(names.size() > 20);
        for (int i = 0; i < names.size(); ++i) {
            QCOMPARE(whyId(Why(i)), kebab(names[i]));
            QCOMPARE(whyFromId(kebab(names[i])), std::optional(Why(i)));
        }
        QVERIFY(!whyFromId("no-such-reason"));
        QVERIFY(!whyFromId(""));
    }

    void onlyTheProtocolItselfIsACorsFailure()
    {
        QVERIFY(isCorsFailure(Why::MissingAllowOrigin));
        QVERIFY(isCorsFailure(Why::HeaderNotAllowed));
        QVERIFY(!isCorsFailure(Why::MixedContent));
        QVERIFY(!isCorsFailure(Why::ConnectionRefused));
        QVERIFY(!isCorsFailure(Why::InvalidRequest));
    }
};

QTEST_APPLESS_MAIN(TestBlocked)
#include "tst_blocked.moc"
