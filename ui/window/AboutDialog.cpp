#include "ui/window/AboutDialog.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace corscope {

static QTextBrowser* page(const QString& path, const QString& name)
{
    auto* browser = new QTextBrowser;
    browser->setAccessibleName(name);
    browser->setOpenLinks(false); // they lead into the source tree
    browser->setFrameShape(QFrame::NoFrame);
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        browser->setMarkdown(QString::fromUtf8(file.readAll()));
    return browser;
}

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("About Corscope"));
    setObjectName(QStringLiteral("about"));
    auto* what = new QLabel(tr("<h2>Corscope %1</h2><p>A sandbox in which CORS can be watched, step by step. The browser is "
                               "simulated by the rules of the Fetch standard, or with the ways of one engine; the exchange is "
                               "real HTTP on this machine's loopback, and nothing leaves it.</p>"
                               "<p>The other pages say how far it has been held against recordings of real browsers and real "
                               "middleware, and what it does not model.</p>")
                                .arg(QStringLiteral(CORSCOPE_VERSION)));
    what->setWordWrap(true);
    what->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    what->setMargin(16);
    auto* tabs = new QTabWidget;
    tabs->addTab(what, tr("&About"));
    tabs->addTab(page(QStringLiteral(":/docs/fidelity.md"), tr("Counts")), tr("&Counts"));
    tabs->addTab(page(QStringLiteral(":/docs/limits.md"), tr("What is not modelled")), tr("&Not modelled"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(tabs);
    column->addWidget(buttons);
    resize(760, 560);
}

} // namespace corscope
