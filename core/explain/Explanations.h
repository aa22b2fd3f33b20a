#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// Texts for each kind of failure, as data: resources/spec/explanations.json, and what people believe about it:
/// resources/spec/misconceptions.json. Loaded once, then only read.
namespace corscope::explain {

/// What is to be said of one kind of failure.
struct Explanation
{
    QByteArray id;         ///< a Why id, or one of a finer or neighbouring kind: "preflight-redirect", "content-security-policy"
    QString title;
    QString first;         ///< one sentence that stands alone
    QString more;
    QString blockedBy;     ///< who kept the answer from the page
    QString fixedBy;       ///< who can change that
    QString fix;
    QString otherTools;    ///< why curl and Postman succeed, or do not
    QList<QByteArray> misconceptions; ///< ids, the closest first
};

/// Something many people believe, and what is true.
struct Misconception
{
    QByteArray id;     ///< "works-in-curl"
    QByteArray number; ///< "M01"
    QString belief;
    QString truth;
};

/// Null where there is none of that id.
const Explanation* findExplanation(QByteArrayView id);
const Misconception* findMisconception(QByteArrayView id);
const std::vector<Explanation>& explanations();
const std::vector<Misconception>& misconceptions();

/// The explanation for an engine's own class: "PreflightInvalidStatus" of "chromium", "CORSMissingAllowOrigin" of
/// "firefox". Null where the engine has no such class.
const Explanation* explanationOfClass(const QByteArray& engine, const QByteArray& code);
/// All classes of an engine.
QList<QByteArray> classesOf(const QByteArray& engine);

} // namespace corscope::explain
