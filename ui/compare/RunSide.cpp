#include "ui/compare/RunSide.h"

#include "ui/session/TraceCursor.h"
#include "ui/verdict/VerdictBar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace corscope {

RunSide::RunSide(const QString& letter, const QString& objectName, QWidget* parent)
    : QWidget(parent), m_chooser(new QComboBox), m_cursor(new TraceCursor(this)), m_verdict(new VerdictBar(*m_cursor))
{
    const int em = fontMetrics().height();
    auto* name = new QLabel(letter);
    name->setProperty("role", QStringLiteral("card-title"));
    name->setBuddy(m_chooser);
    m_chooser->setObjectName(objectName);
    m_chooser->setAccessibleName(tr("Run %1").arg(letter));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chooser->setMinimumContentsLength(20);
    m_chooser->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_verdict->setObjectName(objectName + QStringLiteral("Verdict"));
    auto* line = new QHBoxLayout;
    line->setSpacing(em / 2);
    line->addWidget(name);
    line->addWidget(m_chooser, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(em / 3);
    column->addLayout(line);
    column->addWidget(m_verdict, 1);
    connect(m_chooser, &QComboBox::activated, this, [this] {
        m_choice = run()->id;
        show();
        Q_EMIT chosen();
    });
}

void RunSide::setRuns(const std::vector<KeptRun>& runs)
{
    m_runs = runs;
    m_chooser->clear();
    for (const auto& run : runs)
        m_chooser->addItem(run.name);
    follow();
}

void RunSide::choose(const QByteArray& id)
{
    m_choice = id;
    follow();
}

void RunSide::follow()
{
    const auto it = std::find_if(m_runs.begin(), m_runs.end(), [this](const KeptRun& run) { return run.id == m_choice; });
    m_chooser->setCurrentIndex(m_runs.empty() ? -1 : it == m_runs.end() ? 0 : int(it - m_runs.begin()));
    show();
}

const KeptRun* RunSide::run() const
{
    const int index = m_chooser->currentIndex();
    return index >= 0 && size_t(index) < m_runs.size() ? &m_runs[size_t(index)] : nullptr;
}

void RunSide::show()
{
    const auto* chosen = run();
    m_chooser->setToolTip(chosen ? chosen->name : QString());
    m_cursor->setStanding({chosen ? chosen->source : TraceStanding::Source::Wire, TraceStanding::Validity::Current, {}, {}});
    m_cursor->setTrace(chosen ? chosen->trace : nullptr, TraceCursor::Start::Decision);
}

} // namespace corscope
