#include "tests/oracles/browsers/BrowsersReport.h"

namespace corscope::oracles::browsers {

void BrowsersReport::count(Row& row, Verdict verdict)
{
    switch (verdict) {
    case Verdict::Agree: ++row.agree; break;
    case Verdict::EnginesDiffer: ++row.enginesDiffer; break;
    case Verdict::OnPurpose: ++row.onPurpose; break;
    case Verdict::Wrong: ++row.wrong; break;
    }
}

void BrowsersReport::add(const RecordedCase& recorded, Verdict verdict, const QByteArray& reason)
{
    count(m_rows[recorded.category], verdict);
    count(m_total, verdict);
    if (verdict == Verdict::OnPurpose)
        ++m_onPurpose[reason];
}

int BrowsersReport::passed() const
{
    return m_total.agree + m_total.enginesDiffer + m_total.onPurpose;
}

void BrowsersReport::print(QTextStream& out) const
{
    const auto line = [&](const QByteArray& name, const Row& row) {
        out << QStringLiteral("%1 %2 %3 %4 %5\n").arg(QString::fromUtf8(name), -36).arg(row.agree, 7)
                   .arg(row.enginesDiffer, 15).arg(row.onPurpose, 11).arg(row.wrong, 7);
    };
    out << QStringLiteral("%1   agree  engines differ  on purpose   wrong\n").arg(QStringLiteral("category"), -36);
    for (auto it = m_rows.begin(); it != m_rows.end(); ++it)
        line(it.key(), it.value());
    line("total", m_total);

    if (!m_onPurpose.isEmpty())
        out << "\non purpose:\n";
    for (auto it = m_onPurpose.begin(); it != m_onPurpose.end(); ++it)
        out << QStringLiteral("%1  ").arg(it.value(), 6) << QString::fromUtf8(it.key()) << '\n';
}

} // namespace corscope::oracles::browsers
