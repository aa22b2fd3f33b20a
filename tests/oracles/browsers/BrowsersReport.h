#pragma once

#include "tests/oracles/browsers/Rules.h"

#include <QMap>
#include <QTextStream>

namespace corscope::oracles::browsers {

/// Counts how replayed cases came out, by category, and prints the table.
class BrowsersReport
{
public:
    enum class Verdict { Agree, EnginesDiffer, OnPurpose, Wrong };

    void add(const RecordedCase& recorded, Verdict verdict, const QByteArray& reason = {});
    void print(QTextStream& out) const;
    int passed() const;
    int failed() const { return m_total.wrong; }

private:
    struct Row { int agree = 0, enginesDiffer = 0, onPurpose = 0, wrong = 0; };
    static void count(Row& row, Verdict verdict);

    QMap<QByteArray, Row> m_rows;
    Row m_total;
    QMap<QByteArray, int> m_onPurpose; ///< by rule
};

} // namespace corscope::oracles::browsers
