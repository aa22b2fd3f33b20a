#include "ui/widgets/AddressRow.h"

#include "core/base/Ascii.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Checks.h"
#include "ui/widgets/Field.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace corscope {

static constexpr int schemes = 2;
static constexpr int shortHost = 9;  ///< letters that fit beside a label
static constexpr int longHost = 18;  ///< letters for which the column grows
static constexpr int schemeLength = 3; // letters; "https" has room, since no icon takes its own

AddressRow::AddressRow(const QString& name, const QString& whose, QWidget* parent)
    : QWidget(parent), m_scheme(new QComboBox), m_host(new Field(checks::host)), m_port(new Field(checks::port)),
      m_instead(new QLabel), m_note(noteLabel())
{
    m_scheme->addItems({QStringLiteral("http"), QStringLiteral("https")});
    m_scheme->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_scheme->setMinimumContentsLength(schemeLength);
    m_scheme->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_scheme->setObjectName(name + QStringLiteral("Scheme"));
    m_scheme->setAccessibleName(tr("Scheme of %1").arg(whose));
    m_scheme->setFont(Theme::fixedLike(m_scheme->font()));
    m_host->setName(name + QStringLiteral("Host"), tr("Host of %1").arg(whose));
    m_host->setCharacters(shortHost);
    m_port->setName(name + QStringLiteral("Port"), tr("Port of %1").arg(whose));
    m_port->setCharacters(5);
    m_port->line()->setMaxLength(5);
    m_port->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_port->line()->setMaximumWidth(m_port->line()->minimumWidth());

    auto* row = new QHBoxLayout;
    row->setSpacing(fontMetrics().height() / 4);
    row->addWidget(m_scheme, 0, Qt::AlignTop);
    row->addWidget(m_instead, 1);
    row->addWidget(m_host, 1, Qt::AlignTop);
    m_instead->hide();
    row->addWidget(m_port, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_note);
    m_port->setNoteLabel(m_note);
    setFocusProxy(m_scheme);

    connect(m_scheme, &QComboBox::activated, this, [this](int index) {
        if (index < schemes)
            Q_EMIT schemeEdited(m_scheme->currentText().toLatin1());
        else
            Q_EMIT opaqueChosen(index - schemes);
    });
    connect(m_host, &Field::edited, this,
            [this](const QString& text) { Q_EMIT hostEdited(ascii::lowered(text.toUtf8())); });
    connect(m_port, &Field::edited, this, [this](const QString& text) { Q_EMIT portEdited(text.toUShort()); });
}

void AddressRow::addOpaqueChoices(const QStringList& choices, const QString& instead)
{
    m_scheme->addItems(choices);
    m_scheme->view()->setMinimumWidth(m_scheme->fontMetrics().horizontalAdvance(u'x') * 20);
    m_instead->setText(instead);
    m_instead->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_instead->setProperty("role", QStringLiteral("muted"));
}

void AddressRow::setOpaque(int choice)
{
    m_scheme->setCurrentIndex(schemes + choice);
    m_scheme->setMinimumContentsLength(14);
    m_instead->show();
    m_host->hide();
    m_port->hide();
    Q_EMIT addressShown();
}

void AddressRow::setAddress(const QByteArray& scheme, const QByteArray& host, quint16 port)
{
    m_instead->hide();
    m_scheme->setMinimumContentsLength(schemeLength);
    m_host->show();
    m_port->show();
    m_scheme->setCurrentIndex(m_scheme->findText(QString::fromUtf8(scheme)));
    // "Localhost" is being typed: the scenario has it in lower case
    if (ascii::lowered(m_host->text().toUtf8()) != host)
        m_host->setText(QString::fromUtf8(host));
    m_host->setCharacters(qBound(shortHost, int(host.size()), longHost));
    m_port->setText(QString::number(port));
    Q_EMIT addressShown();
}

bool AddressRow::wantsWidth() const
{
    return !m_host->isHidden() && m_host->text().size() > shortHost;
}

} // namespace corscope
